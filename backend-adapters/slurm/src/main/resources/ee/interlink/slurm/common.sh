# Goes before each of the other texts, which the login node runs as: bash -c TEXT interlink ARGUMENT...
# All data comes as arguments or standard input; none is evaluated. Needs bash 4.2 and coreutils.
umask 077
shopt -s extglob nullglob
export LC_ALL=C TZ=UTC
# Exit statuses that Exits.java names.
busy=75 no_answer=77 no_folder=78

backend=$1
[[ $backend == /* ]] || backend=$HOME/$backend

# The job's id by the note in its folder, else by its name in the queue, else in the accounting,
# into ID; empty if none knows it. No answer is not the same as no job.
find_job() { # POD yes|no|auto
  id=''
  if [[ -f $backend/$1/job-id ]]; then
    IFS= read -r id <"$backend/$1/job-id" && [[ $id == +([0-9]) ]] && return
  fi
  id=$(squeue -h -a --states=all --me --name="$1" -o %i) || exit "$no_answer"
  if [[ ! $id && $2 != no ]]; then
    id=$(sacct -n -P -X -S now-30days --name="$1" -o JobIDRaw) || {
      [[ $2 == auto ]] || exit "$no_answer"
      id=''
    }
  fi
  id=${id%%$'\n'*}
  [[ $id == ?(+([0-9])) ]] || {
    printf 'not a job id: %s\n' "${id:0:80}" >&2
    exit "$no_answer"
  }
}

# Ends with $busy while a submission of this pod is under way, whatever has become of who asked for
# it: one that has brought the pod's folder into place, or one whose files still arrive.
lock_out() { # POD
  local token place
  if [[ -f $backend/$1/submission ]]; then
    IFS= read -r token <"$backend/$1/submission"
    try_lock "$token"
  fi
  for place in "$backend/incoming"/*/"$1"; do
    token=${place%/*}
    try_lock "${token##*/}"
  done
}

try_lock() { # ARRIVALS
  [[ $1 == +([a-z0-9-]) && $1 != "${arrivals-}" && -e $backend/incoming/$1.lock ]] || return 0
  exec 8<"$backend/incoming/$1.lock" || exit "$no_folder"
  flock -n 8
  (($? != 1)) || exit "$busy"
  exec 8<&-
}
