# cancel: BACKEND; reads lines POD JOB GRACE WHOLE_SECONDS

# The runner alone gets TERM and ends its containers; without a runner there is nothing to spare.
cancel() { # reads POD, ID, GRACE and WHOLE
  local job=$backend/$pod old='' now since
  if [[ -d $job/state/claimed && ! -e $job/state/ended ]]; then
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
      return
    fi
  fi
  end_job "$pod" "$id"
}

mapfile -t wanted
for line in "${wanted[@]}"; do
  read -r pod id grace whole <<<"$line"
  cancel
done
end_rest
