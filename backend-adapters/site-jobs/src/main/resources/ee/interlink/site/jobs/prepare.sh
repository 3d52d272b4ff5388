# prepare: BACKEND: makes what jobs need that write their folders themselves, and says where it is.
mkdir -p -- "$backend/spool" "$backend/incoming" "$backend/output" || exit "$no_folder"
printf '%s\n' "$backend"
