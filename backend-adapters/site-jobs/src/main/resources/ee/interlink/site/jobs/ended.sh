# ended: BACKEND ACCOUNTING JOB,JOB... POD...: what is left of jobs that the queue does not mention.
printf 'interlink ended\n'
accounting=$2 ids=$3
shift 3
if [[ $accounting != no ]]; then
  ask_accounting "$accounting" "$ids"
  printf '\036accounting %d\n' "$?"
fi
for pod; do
  for file in "$backend/$pod/state"/*; do
    if [[ -f $file ]]; then
      content=''
      IFS= read -r -N 1000 content <"$file"
      printf '%s\037%s\037%s\n' "$pod" "${file##*/}" "${content//[$'\n\r\036\037']/ }"
    fi
  done
done
printf '\036end\n'
