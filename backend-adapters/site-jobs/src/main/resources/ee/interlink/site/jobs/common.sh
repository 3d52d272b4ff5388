# Goes before the scheduler's own functions (scheduler.sh) and the text of the call, which the login
# node runs as one: bash -c TEXT interlink ARGUMENT...
# All data comes as arguments or standard input; none is evaluated. Needs bash 4.2 and coreutils.
umask 077
shopt -s extglob nullglob
export LC_ALL=C TZ=UTC
# Exit statuses that Exits.java names.
busy=75 no_answer=77 no_folder=78

backend=$1
[[ $backend == /* ]] || backend=$HOME/$backend
# Of a submission: where its files arrive, and the script of all its jobs.
# shellcheck disable=SC2034 # a scheduler's submit_job reads the runner, if it has commands
arrivals='' runner=''

# The job's id by the note in its folder, else by the scheduler's word, into ID; empty if neither
# knows it. No answer is not the same as no job.
find_job() { # POD yes|no|auto
  id=''
  if [[ -f $backend/$1/job-id ]]; then
    IFS= read -r id <"$backend/$1/job-id" && is_job_id "$id" && return
  fi
  find_in_scheduler "$1" "$2"
  id=${id%%$'\n'*}
  [[ ! $id ]] || is_job_id "$id" || {
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
  [[ $1 == +([a-z0-9-]) && $1 != "$arrivals" && -e $backend/incoming/$1.lock ]] || return 0
  exec 8<"$backend/incoming/$1.lock" || exit "$no_folder"
  flock -n 8
  (($? != 1)) || exit "$busy"
  exec 8<&-
}
