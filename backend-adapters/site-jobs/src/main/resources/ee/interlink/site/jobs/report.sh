# report: BACKEND yes|no QUEUE_ARGUMENT...; reads the names of spool entries to be removed, and the pods
# whose jobs the scheduler has said to be over. The queue comes before the spool: a job that has left
# the queue has told everything by then.

# Of a job whose runner was killed, or has not begun at all: what only its folder still says of the end,
# and what the runner would have removed.
clear_away() { # POD
  local path millis
  [[ $1 == [a-z0-9]*([a-z0-9-]) && -f $backend/$1/pod/remove && ! -e $backend/$1/state/ended ]] || return
  if is_out_of_memory "$1"; then
    printf -v millis '%(%s)T000' -1
    : >"$backend/spool/$1,out_of_memory,,0,0,$millis"
  fi
  while IFS= read -r -d '' path; do
    if [[ $path && -e $backend/$1/$path && /$path/ != */../* ]]; then
      chmod -R u+rwX -- "$backend/$1/$path"
      rm -rf -- "$backend/$1/${path:?}"
    fi
  done <"$backend/$1/pod/remove" 2>/dev/null
}

printf 'interlink report\n'
mapfile -t taken
for name in "${taken[@]}"; do
  [[ $name == *,* ]] || clear_away "$name"
done
if [[ $2 == yes ]]; then
  ask_queue "${@:3}"
  printf '\036queue %d\n' "$?"
fi
names=()
if cd -- "$backend/spool" 2>/dev/null; then
  for ((i = 0; i < ${#taken[@]}; i += 1000)); do
    rm -f -- "${taken[@]:i:1000}"
  done
  names=(*)
fi
if ((${#names[@]})); then
  printf '%s\n' "${names[@]}"
fi
printf '\036spool\n'
for name in "${names[@]}"; do
  IFS=, read -r pod kind container restarts _ at <<<"$name"
  case $kind in
    unstarted | said) file=../$pod/state/$container.exited ;;
    unhealthy) file=../$pod/state/$container.unhealthy ;;
    image) file=../$pod/state/$container.image ;;
    *) continue ;;
  esac
  if [[ -f $file ]]; then
    message=''
    {
      read -r run _ last
      IFS= read -r -N 4096 message
    } <"$file"
    # Only the last one's words are kept.
    [[ $run == "$restarts" && ($kind != image || $last == "$at") ]] || message=''
    message=${message//[$'\r\035\036\037']/ }
    printf '%s\037%s\n' "$name" "${message//$'\n'/$'\035'}"
  fi
done
printf '\036end\n'
