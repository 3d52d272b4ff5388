#!/bin/bash
#
# Runs the containers of one pod inside its batch job.
#
#   bash pod-runner.sh JOB_DIRECTORY [STATUS [JOB]]
#
# STATUS is what it ends with if the pod has been claimed before; 0 by default. JOB is the batch
# system's id of the job, from one that may take a job off its machine and start it once more: then
# the containers are started again, if the pod's restart policy lets them. $NAME is the id that the
# batch system tells its job in this variable.
#
# This script is the same for all pods. What is special to a pod lies in the job directory as data,
# each word ended by a NUL, and is never evaluated. Needs bash 4.2 and coreutils; flock of
# util-linux for volumes in memory.
# JobDirectory.java names every path; docs/decisions/0003-runner.md says why it is made this way.
#
# shellcheck disable=SC2034,SC2154,SC2317 # parts use each other; functions called by traps
RUNNER_VERSION=6

# Bytes, not characters; and for this shell alone, not for the containers.
unset -v LC_ALL
LC_ALL=C

# The account's environment may bring functions that would stand in the place of commands.
while IFS= read -r word; do
  unset -f "$word"
done < <(compgen -A function)

# Lines of a container's times; beyond it every second one goes. About 64 KiB.
most_times=2200

account_umask=$(umask)
umask 077

supervisors=()
sidecars=()
sidecar_supervisors=()
claimed=''
told_at=''
told_early=''
interrupted=''

# ---- words of a data file, into the array WORDS

words_of() { # FILE
  words=()
  while IFS= read -r -d '' word; do
    words+=("$word")
  done <"$1"
}

# ---- what the outside world reads

now() { # into MILLIS
  if ((BASH_VERSINFO[0] >= 5)); then
    millis=${EPOCHREALTIME/[.,]/}
    millis=${millis%???}
  else
    millis=$(date +%s%3N)
  fi
}

# Written aside and renamed, so that a reader sees all of it or nothing.
record() { # FILE TEXT
  printf '%s\n' "$2" >"$1.part" && mv -f -- "$1.part" "$1"
}

# The name says everything and the file is empty: one create, atomic on NFS too.
tell() { # KIND CONTAINER RESTARTS NUMBER
  : >"../spool/$pod,$1,$2,$3,$4,$millis"
}

not_started() { # CONTAINER CODE MESSAGE
  now
  record "state/$1.exited" "0 - $2 $millis"$'\n'"$3"
  tell unstarted "$1" 0 "$2"
}

# Nothing is said of one that has its turn once the job is started again.
not_begun() { # CONTAINER
  [[ -e state/$1.exited || -e state/$1.started ]] || is_taken_off ||
    not_started "$1" 143 'not started: the pod was told to end'
}
