#!/bin/bash
#
# Runs the runner of one pod on a machine that has no file system in common with anybody.
#
#   carrier.sh POD JOB
#
# HTCondor starts it in the job's scratch directory, beside job.tar, which has the pod's folder, the
# runner with it. What the runner would write into a folder for all to see goes into the job's
# attribute InterlinkNews: the names of its spool entries without the pod's UID, with ";" between
# them; why a container could not be started, or its image not be pulled, stands behind its entry,
# after "|".
# What is left in the end goes home as out.tar. Until then HTCondor gives out the logs, by their names
# in the folder live.
umask 077
LC_ALL=C
shopt -s nullglob extglob
pod=$1 job=$2 news_told=0 grace_told='' terminating='' told_to_end=0
exec >runner.log 2>&1

# What an eviction has left comes back with the next start. From now on HTCondor has something to carry
# home whatever becomes of us; that goes with the rest.
[[ ! -s out.tar ]] || mv -f -- out.tar before.tar
: >out.tar

# ---- the job's attributes

chirp=''
for place in "$(type -P condor_chirp)" "$(condor_config_val LIBEXEC 2>/dev/null)/condor_chirp" \
  /usr/libexec/condor/condor_chirp /usr/lib/condor/libexec/condor_chirp; do
  if [[ -x $place ]]; then
    chirp=$place
    break
  fi
done

set_attribute() { # NAME TEXT: without quotes, backslashes and control characters
  [[ $chirp ]] && timeout 20 "$chirp" set_job_attr "$1" "\"$2\"" >/dev/null 2>&1
}

get_attribute() { # NAME, into VALUE
  value=''
  [[ $chirp ]] || return
  value=$(timeout 20 "$chirp" get_job_attr "$1" 2>/dev/null)
  value=${value//\"/}
}

# No more than the last ones: those before them have been read by now, or are superseded.
tell_news() {
  local names=(spool/*) count name entry news='' container kind restarts run message at last file
  count=${#names[@]}
  ((count > news_told)) || return 0
  mapfile -t names < <(printf '%s\n' "${names[@]}" | sort -s -t , -k 6n | tail -n 60)
  for name in "${names[@]}"; do
    entry=${name#spool/"$pod",}
    IFS=, read -r kind container restarts _ at <<<"$entry"
    case $kind in
      unstarted | said) file=$pod/state/$container.exited ;;
      unhealthy) file=$pod/state/$container.unhealthy ;;
      image) file=$pod/state/$container.image ;;
      *) file='' ;;
    esac
    if [[ $file && -f $file ]]; then
      {
        read -r run _ last
        IFS= read -r -N 300 message
      } <"$file"
      message=${message//[^ -~]/ }
      [[ $run != "$restarts" || ($kind == image && $last != "$at") ]] || entry+="|${message//[\"\\;|]/ }"
    fi
    news+=${news:+;}$entry
  done
  set_attribute InterlinkNews "$news" && news_told=$count
}

# A cancel's grace period, in SECONDS. No attribute of a running job reaches it from outside, but its
# event log can be read here, and a change of its priority is told there: see tell_grace of spooled.sh.
hear_grace() {
  local line code=''
  seconds=''
  [[ $chirp ]] && timeout 20 "$chirp" fetch events.log "$pod/events" >/dev/null 2>&1 || return 0
  while IFS= read -r line; do
    [[ $line != '033 ('*' JobPrio from '*' to -1'+([0-9]) ]] || code=${line##* to -}
  done <"$pod/events"
  if ((${#code} == 10)); then
    ((code -= 1000000000)) || {
      seconds=0
      return
    }
    printf -v seconds '%d.%03d' $((code / 1000)) $((code % 1000))
  fi
}

# ---- the end

# shellcheck disable=SC2317 # a trap calls it
# No more than this: a trap that runs while "read -t" waits is cut off when that time is over.
on_term() {
  terminating=1
}

# A cancel may have another grace period than the pod, and a later one another again.
end_pod() {
  ((told_to_end++ % 4 == 0)) || return 0
  hear_grace
  if [[ $seconds && $seconds != "$grace_told" ]]; then
    grace_told=$seconds
    printf '%s\n' "$seconds" >"$pod/grace.part" && mv -f -- "$pod/grace.part" "$pod/grace"
  elif ((told_to_end > 1)); then
    return
  fi
  kill -TERM "$runner" 2>/dev/null
}

words_of() { # FILE, into WORDS
  local word
  while IFS= read -r -d '' word; do
    words+=("$word")
  done <"$1"
}

# HTCondor gives out a running job's file only if it is among those to be carried home, makes who
# asks for one wait that is not there yet or empty, and holds a job of which one is missing in the
# end. So all are there from the beginning with a text that spooled.sh knows, become links to the logs
# as those come, and in the end say that the logs are on their way.
show_logs() {
  local log
  for log in "$pod"/logs/*; do
    [[ ! -s $log || ! -e live/${log##*/} || $log -ef live/${log##*/} ]] ||
      ln -f -- "$log" "live/${log##*/}"
  done
}

hide_logs() { # TEXT
  local word kind
  rm -rf -- live
  mkdir -- live
  for word in "${words[@]}"; do
    for kind in log times previous.log previous.times; do
      printf '\001%s' "$1" >"live/$word.$kind"
    done
  done
}

# After a runner that was killed, what outlives it writes them down.
all_ends_told() {
  local word run told
  for word in "${words[@]}"; do
    { read -r run _ <"$pod/state/$word.started"; } 2>/dev/null || continue
    { read -r told _ <"$pod/state/$word.exited"; } 2>/dev/null && [[ $told == "$run" ]] || return
  done
}

# The beginning of a log goes, out of the file itself, as in the runner's cut_log.
shorten() { # LOG BYTES
  local cut
  cut=$(($(stat -c %s -- "$1") - $2))
  ((cut <= 0)) ||
    { fallocate --punch-hole --offset 0 --length "$cut" -- "$1" && printf '%d\n' "$cut" >"${1%.log}.cut"; }
}

# A full disk must not hold back what is known: then the logs go home without their beginnings.
pack() {
  local kept log
  chmod -R u+rwX -- "$pod" 2>/dev/null
  for kept in "$pod"/*; do
    [[ ${kept##*/} == @(state|logs) ]] || rm -rf -- "$kept"
  done
  rm -rf -- spool images
  for kept in '' 65536 0; do
    for log in ${kept:+"$pod"/logs/*.log}; do
      shorten "$log" "$kept"
    done
    tar -c -S -f out.tar.part runner.log -C "$pod" state logs && mv -f out.tar.part out.tar && break
    rm -f -- out.tar.part
  done
  hide_logs 'all packed'
  rm -rf -- "$pod"
}

# ---- a later start

# Where the earlier ones have stopped: by the state files and logs that they sent home, or by their
# news alone. The news are told on, for not all of them may have been read.
go_on() {
  local all entry kind container restarts number millis
  get_attribute InterlinkNews
  IFS=';' read -r -a all <<<"$value"
  for entry in "${all[@]}"; do
    entry=${entry%%|*}
    IFS=, read -r kind container restarts number millis <<<"$entry"
    [[ $kind != ended ]] || return
    [[ $container == +([a-z0-9-]) && $restarts$number$millis == +([0-9]) ]] || continue
    : >"spool/$pod,$entry"
    case $kind in
      started) printf '%s %s\n' "$restarts" "$millis" >"$pod/state/$container.started" ;;
      exited | said | unstarted)
        printf '%s - %s %s\n' "$restarts" "$number" "$millis" >"$pod/state/$container.exited"
        ;;
    esac
  done
  [[ ! -e before.tar ]] || tar -x -o -f before.tar -C "$pod" state logs
  rm -rf -- "$pod"/state/{claimed,terminating,*.group,*.pause}
  [[ ! -e $pod/state/ended ]]
}

# ---- the pod

trap on_term TERM
mkdir -- "$pod" spool && tar -x -p -o -f job.tar -C "$pod" && rm -f job.tar || exit 1
words=()
words_of "$pod/pod/init"
words_of "$pod/pod/containers"
hide_logs 'nothing yet'

# It has been somewhere before: evicted, or its machine was lost, or its first shadow died before the
# schedd heard that it runs.
get_attribute NumShadowStarts
if [[ $value == +([0-9]) ]] && ((value > 1)); then
  read -r policy _ <"$pod/pod/restart"
  if [[ $policy == never ]] || ! go_on; then
    rm -rf -- "$pod" before.tar
    exit 75
  fi
fi
rm -f before.tar

# The account's, if it has one here: Apptainer keeps images there.
USER=$(id -un) HOME=$(getent passwd "$(id -u)" | cut -d : -f 6)
[[ $HOME == /?* && -d $HOME && -w $HOME ]] || HOME=$PWD
export USER HOME LOGNAME=$USER

# In a session of its own, which is over with it.
setsid bash "$pod/pod-runner.sh" "$PWD/$pod" 75 "$job" &
runner=$!
exec {never}<> <(:)
while kill -0 "$runner" 2>/dev/null; do
  tell_news
  show_logs
  [[ ! $terminating ]] || end_pod
  read -r -t 0.5 -u "$never"
done
wait "$runner"
code=$?
for ((i = 0; i < 50; i++)); do
  all_ends_told && break
  read -r -t 0.1 -u "$never"
done
for _ in 1 2 3; do
  tell_news && break
done
pack
exit "$code"
