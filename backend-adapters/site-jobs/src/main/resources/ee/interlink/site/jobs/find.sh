# find: BACKEND POD ACCOUNTING
lock_out "$2"
find_job "$2" "$3"
printf 'job %s\n' "$id"
