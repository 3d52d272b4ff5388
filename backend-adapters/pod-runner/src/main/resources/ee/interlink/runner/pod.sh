# shellcheck shell=bash disable=SC2034,SC2154,SC2317 # a part of one script, PodRunner.java joins them
#
# The pod: all its containers, and the order of their lives.

await() { # PID
  while :; do
    interrupted=''
    wait "$1"
    [[ $interrupted ]] || break
  done
}

start() { # CONTAINER POLICY
  supervise "$1" "$2" &
  supervisors+=("$!")
}

# A sidecar is not told to end before those that it is there for (Kubernetes, "Sidecar Containers").
start_sidecar() { # CONTAINER
  supervise "$1" always &
  sidecars+=("$1")
  sidecar_supervisors+=("$!")
  until told_to_end || [[ -e state/$1.up ]]; do
    nap 0.05
  done
}

# In the reverse of the order in which they began. What is left of a pod's grace period is theirs too.
end_sidecars() {
  for ((turn = ${#sidecars[@]} - 1; turn >= 0; turn--)); do
    if told_to_end; then
      record "state/${sidecars[turn]}.grace" "$(grace_left)"
    fi
    : >"state/${sidecars[turn]}.over"
    kill -USR2 "${sidecar_supervisors[turn]}" 2>/dev/null
    await "${sidecar_supervisors[turn]}"
    collect_sidecar "${sidecars[turn]}"
  done
}

grace_left() {
  read -r seconds <pod/grace
  if [[ -e grace ]]; then
    read -r seconds <grace
  fi
  [[ $seconds != 0 ]] || {
    echo 0
    return
  }
  now
  [[ $seconds == *.* ]] || seconds+=.000
  left=$((10#${seconds/./} - (millis - ${told_at:-millis})))
  ((left >= 2000)) || left=2000
  printf '%d.%03d\n' $((left / 1000)) $((left % 1000))
}

# How it ended matters to nobody.
collect_sidecar() { # CONTAINER
  code_before=$job_code
  collect "$1"
  if [[ $known ]]; then
    job_code=$code_before
  fi
}

# The first code that is not 0 becomes the job's. A supervisor that was ended before it could start
# its container leaves no file at all; one that was killed later leaves the end unknown.
collect() { # CONTAINER
  not_begun "$1"
  [[ -e state/$1.exited || -e state/$1.started ]] || return 0
  run=''
  { read -r run _ <"state/$1.started"; } 2>/dev/null
  if read -r ended _ code _ 2>/dev/null <"state/$1.exited" && [[ ${run:-0} == "$ended" ]]; then
    if ((job_code == 0)); then
      job_code=$code
    fi
  else
    echo "the supervisor of $1 is gone, its end is not known"
    known=''
    job_code=137
  fi
  ((all_restarts += ${run:-0}))
}

# In an earlier start of the job. What ended with 0 because it was told to end has not.
has_done_its_work() { # CONTAINER
  [[ $policy == on-failure && ! -e state/$1.undone ]] && { read -r run _ code _ <"state/$1.exited"; } 2>/dev/null && ((code == 0))
}

# The runs that an earlier start of the job has left without an end: they are over all the same.
tell_what_was_cut_off() {
  words_of pod/init
  containers=("${words[@]}")
  words_of pod/containers
  for container in "${containers[@]}" "${words[@]}"; do
    { read -r run started <"state/$container.started"; } 2>/dev/null || continue
    if ! { read -r ended _ <"state/$container.exited"; } 2>/dev/null || [[ $ended != "$run" ]]; then
      now
      record "state/$container.exited" "$run $started 137 $millis"
      tell exited "$container" "$run" 137
    fi
  done
}

run_pod() {
  words_of pod/sidecars
  all_sidecars=("${words[@]}")
  # An init container is there to succeed.
  words_of pod/init
  for container in "${words[@]}"; do
    if is_sidecar "$container"; then
      if ((job_code == 0)); then
        start_sidecar "$container"
      elif told_to_end; then
        collect_sidecar "$container"
      fi
    elif ((job_code == 0)); then
      start "$container" "${policy/always/on-failure}"
      await "$!"
      supervisors=()
      collect "$container"
    elif told_to_end; then
      collect "$container"
    fi
  done
  words_of pod/containers
  if ((job_code == 0)); then
    for container in "${words[@]}"; do
      has_done_its_work "$container" || start "$container" "$policy"
    done
    for container in "${supervisors[@]}"; do
      await "$container"
    done
  fi
  if ((job_code == 0)) || told_to_end; then
    for container in "${words[@]}"; do
      collect "$container"
    done
  fi
  end_sidecars
}

is_sidecar() { # CONTAINER
  for word in "${all_sidecars[@]}"; do
    [[ $word != "$1" ]] || return 0
  done
  return 1
}

remove_what_ends_with_the_job() {
  words_of pod/remove
  for word in "${words[@]}"; do
    chmod -R u+rwX -- "./$word" 2>/dev/null
    rm -rf -- "./$word"
  done
}

# Pid, start time and boot: what tells this process from all others, for ever.
process_of_the_claim() {
  read -r stat <"/proc/$$/stat"
  read -r boot </proc/sys/kernel/random/boot_id
  read -r -a stat <<<"${stat##*) }"
  session=${stat[3]}
  record state/claimed/job "$job"
  record state/claimed/process "$$ ${stat[19]} $boot $HOSTNAME"
}

# The claim is this very job's, and its batch system has begun it anew. It ends the first start, but may
# still be about it, and so may the watch over that one.
starts_again() {
  known=''
  [[ $job && $policy != never && ! -e state/ended ]] && read -r known <state/claimed/job &&
    [[ $known == "$job" ]] || return
  for ((i = 0; i < 60; i++)); do
    has_claimant || break
    sleep 1
  done
  ((i < 60)) && sleep 2
  rm -f -- state/terminating state/*.{group,pause,up,over,grace} grace
}

# As far as one can see that from here.
has_claimant() {
  read -r claimant ticks known _ <state/claimed/process && read -r boot </proc/sys/kernel/random/boot_id &&
    [[ $known == "$boot" ]] && { read -r stat <"/proc/$claimant/stat"; } 2>/dev/null || return
  read -r -a stat <<<"${stat##*) }"
  [[ ${stat[19]} == "$ticks" && ${stat[0]} != Z ]]
}

# Who ends the pod says first how long that may take. Without such a word it is the batch system that
# wants its machine back, or the job out of its queue; what becomes of the job only it can tell.
is_taken_off() {
  told_to_end && [[ $job && $policy != never && ! -e grace ]]
}

trap on_term_runner TERM
# Until a supervisor can take them.
trap '' USR1 USR2
cd -P -- "$1" || exit 1
pod=${PWD##*/} job=${3-}
if [[ $job == \$* ]]; then
  job=${job#\$}
  job=${!job-}
fi
read -r policy first_delay longest_delay log_limit <pod/restart
if ! mkdir state/claimed 2>/dev/null; then
  [[ -d state/claimed ]] || {
    echo "runner $RUNNER_VERSION: cannot claim pod $pod, there is no place for its state in $PWD"
    exit 1
  }
  starts_again || {
    echo "runner $RUNNER_VERSION: another job has claimed pod $pod, nothing to do"
    exit "${2:-0}"
  }
fi
claimed=1
process_of_the_claim
set_up_volumes
if [[ $told_early ]]; then
  : >state/terminating
  now
  told_at=$millis
fi
# shellcheck source=/dev/null # inside.sh, handlers.sh and attend.sh, for a pod that needs them
[[ ! -e pod-care.sh ]] || source ./pod-care.sh
watch_runner
words_of pod/runtime
runtime=${words[0]}
runtime_command=("${words[@]:1}")
if [[ $runtime == apptainer ]]; then
  find_pod_options
fi
tell_what_was_cut_off

job_code=0
all_restarts=0
known=1
run_pod
trap '' TERM
terminated=0
if told_to_end; then
  terminated=1
fi
if ((job_code == 0 && terminated)); then
  job_code=143
fi
remove_memory
if is_taken_off; then
  trap '' PIPE
  echo ended >&"$alive"
  exit "$job_code"
fi
remove_what_ends_with_the_job
if [[ $known ]]; then
  now
  record state/ended "$job_code $millis $terminated $all_restarts"
  tell ended '' "$all_restarts" "$terminated"
  trap '' PIPE
  echo ended >&"$alive"
fi
exit "$job_code"
