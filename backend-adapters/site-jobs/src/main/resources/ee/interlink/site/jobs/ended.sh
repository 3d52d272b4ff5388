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
      IFS= read -r -N 4300 content <"$file"
      content=${content//[$'\r\035\036\037']/ }
      printf '%s\037%s\037%s\n' "$pod" "${file##*/}" "${content//$'\n'/$'\035'}"
    fi
  done
done
printf '\036end\n'
