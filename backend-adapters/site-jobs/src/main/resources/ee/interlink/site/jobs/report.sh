# report: BACKEND yes|no QUEUE_ARGUMENT...; reads the names of spool entries to be removed. The queue
# comes before the spool: a job that has left the queue has told everything by then.
printf 'interlink report\n'
mapfile -t taken
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
  IFS=, read -r pod kind container restarts _ <<<"$name"
  file=../$pod/state/$container.exited
  if [[ $kind == unstarted && -f $file ]]; then
    message=''
    {
      read -r run _
      IFS= read -r -N 1000 message
    } <"$file"
    # Only the last run's words are kept.
    [[ $run == "$restarts" ]] || message=''
    printf '%s\037%s\n' "$name" "${message//[$'\n\r\036\037']/ }"
  fi
done
printf '\036end\n'
