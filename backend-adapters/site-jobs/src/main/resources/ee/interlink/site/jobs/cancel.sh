# cancel: BACKEND POD JOB GRACE WHOLE_SECONDS
pod=$2 id=$3 grace=$4 whole=$5
job=$backend/$pod

# The runner alone gets TERM and ends its containers; without a runner there is nothing to spare.
if [[ -d $job/state/claimed && ! -e $job/state/ended ]]; then
  old=''
  [[ -f $job/grace ]] && read -r old <"$job/grace"
  if [[ $old != "$grace" ]]; then
    printf '%s\n' "$grace" >"$job/grace.part" && mv -f -- "$job/grace.part" "$job/grace"
  fi
  printf -v now '%(%s)T' -1
  since=$now
  if [[ -f $job/cancelled ]]; then
    read -r since <"$job/cancelled"
  else
    printf '%s\n' "$now" >"$job/cancelled"
  fi
  [[ $since == +([0-9]) ]] || since=$now
  if ((whole > 0 && now - since <= whole + 2)); then
    tell_runner "$pod" "$id"
    exit 0
  fi
fi
end_job "$pod" "$id"
