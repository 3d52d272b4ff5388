# log: BACKEND FILE OFFSET LIMIT: a line with the offset, then the bytes.
offset=$3
log_file "$2"
if [[ ! -f $file ]]; then
  printf '%d\n' "$((offset < 0 ? 0 : offset))"
  exit 0
fi
if ((offset < 0)); then
  size=$(stat -L -c %s -- "$file") || exit "$no_folder"
  offset=$((size + offset < 0 ? 0 : size + offset))
fi
# What came before is no longer there, see cut_log in the runner's times.sh.
cut=0
{ read -r cut <"${file%.log}.cut"; } 2>/dev/null
((offset >= cut)) || offset=$cut
printf '%d\n' "$offset"
tail -c "+$((offset + 1))" -- "$file" | head -c "$4"
