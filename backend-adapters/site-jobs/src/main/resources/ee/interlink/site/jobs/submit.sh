# submit: BACKEND ARRIVALS ACCOUNTING SECONDS, then POD COUNT OPTION... for each pod; reads folders
# ARRIVALS/POD and ARRIVALS.sh, the script of all jobs, as a tar stream. Answers POD US WORD US TEXT
# for each.
arrivals=$2 accounting=$3 seconds=$4
shift 4
incoming=$backend/incoming/$arrivals runner=$backend/incoming/$arrivals.sh

# The lock is held as long as the scheduler's last command of this submission lives, whoever has
# gone away.
if [[ ! -e $incoming.lock ]]; then
  [[ -d $backend/spool && -d $backend/incoming ]] ||
    mkdir -p -- "$backend/spool" "$backend/incoming" || exit "$no_folder"
  # Left by submissions that were killed half-way, and by connections that are no more.
  find "$backend/incoming" -mindepth 1 -maxdepth 1 -mtime +0 -exec rm -rf -- {} +
fi
# Written to, so that its age is that of the last submission.
exec 9>"$incoming.lock" && printf . >&9 || exit "$no_folder"
flock -n 9
(($? != 1)) || exit "$busy"

# What has not come into place does not stay: it may be secret.
clear_away() {
  local left=("$incoming"/*)
  ((${#left[@]} == 0)) || rm -rf -- "${left[@]}"
}
trap clear_away EXIT

# A job's folder is there whole or not at all; one that is there already is never replaced. To tar a
# stream that breaks off between two files is a whole one, so the script of all jobs comes last; the
# one of the submission before does not count.
: >"$runner" || exit "$no_folder"
tar -x -p -o -f - -C "$backend/incoming" && [[ -s $runner ]] || exit "$no_folder"
mv -t "$backend" -- "$incoming"/* 2>/dev/null

# A scheduler may hand the environment on to the job, so its commands get nothing but this.
for name in $(compgen -e); do
  case $name in
    PATH | HOME | USER | LOGNAME) ;;
    *) needs_variable "$name" || export -n "${name?}" ;;
  esac
done
for name in $(compgen -A function); do export -n -f "${name?}"; done
export LOGNAME=${LOGNAME-$USER} LANG=C.UTF-8

answer() { # POD WORD TEXT
  local text=${3:0:2000}
  printf '%s\037%s\037%s\n' "$1" "$2" "${text//[$'\n\r\036\037']/ }"
}

# The job that an earlier submission has made of this pod, if any; runs in a subshell. If none, the
# pod is ours from now on.
earlier_job() { # POD
  exec 7>>"$backend/$1/submit.lock" && flock 7
  lock_out "$1"
  find_job "$1" "$accounting"
  printf '%s' "$id"
  [[ $id ]] || printf '%s\n' "$arrivals" >"$backend/$1/submission" || exit "$no_folder"
}

# Our submission of this pod has ended, though the lock is held on for the others.
over() { # POD
  : >"$backend/$1/submission"
}

has_job() { # POD ID
  # One small write and checked when read: half of it is the same as none.
  printf '%s\n' "$2" >"$backend/$1/job-id"
  answer "$1" job "$2"
}

printf 'interlink submit\n'
for ((tried = 0; $# > 0; tried++)); do
  pod=$1 options=("${@:3:$2}")
  shift $(($2 + 2))
  if ((tried > 0 && SECONDS > seconds)); then
    [[ -d $incoming/$pod ]] || over "$pod"
    answer "$pod" left ''
    continue
  fi
  if [[ -d $incoming/$pod ]]; then
    id=$(earlier_job "$pod" 2>"$incoming/$pod/errors")
    case $? in
      0) ;;
      "$busy")
        answer "$pod" busy ''
        continue
        ;;
      *)
        answer "$pod" unknown "$(<"$incoming/$pod/errors")"
        continue
        ;;
    esac
    if [[ $id ]]; then
      has_job "$pod" "$id"
      continue
    fi
  fi
  submit_job "$pod" "${options[@]}"
done
submit_rest
