# find: BACKEND POD ACCOUNTING
if [[ -e $backend/$2/submit.lock ]]; then
  lock "$2"
fi
find_job "$2" "$3"
printf 'job %s\n' "$id"
