# HTCondor's part of the texts that run at the site. Behind it comes shared.sh or spooled.sh.
to_be_removed=''

is_job_id() {
  [[ $1 == +([0-9]).+([0-9]) ]]
}

needs_variable() { # NAME
  [[ $1 == CONDOR_CONFIG || $1 == _[Cc][Oo][Nn][Dd][Oo][Rr]_* || $1 == BEARER_TOKEN* ]]
}

# The history is read backwards, and no job of ours is asked for that long after its end.
history_of() { # CONDOR_HISTORY_ARGUMENT...
  condor_history "${there[@]}" -scanlimit 100000 "$@"
}

# Adds the attributes that CondorJob.Place reads, in its order.
with_attributes() { # COMMAND ARGUMENT...
  "$@" -af:tV ClusterId ProcId PodUID InterlinkOrigin JobStatus RemoteHost NumJobStarts \
    NumShadowStarts ExitBySignal ExitCode ExitSignal HoldReasonCode HoldReasonSubCode HoldReason LastHoldReasonCode \
    LastHoldReasonSubCode LastHoldReason RemoveReason LastRejMatchReason InterlinkTimeLimit \
    JobStartDate EnteredCurrentStatus InterlinkNews StageInFinish NumHolds InterlinkRestarts
}

find_in_scheduler() { # POD yes|no|auto
  local ours=(-constraint "PodUID == \"$1\" && InterlinkBackend isnt undefined$whose")
  local form=(-format '%d.' ClusterId -format '%d\n' ProcId)
  drop_half_submitted "$1"
  id=$(condor_q "${there[@]}" "${everyone[@]}" "${ours[@]}" "${form[@]}") || exit "$no_answer"
  if [[ ! $id && $2 != no ]]; then
    id=$(history_of "${ours[@]}" -match 1 "${form[@]}") || {
      [[ $2 == auto ]] || exit "$no_answer"
      id=''
    }
  fi
}

# Pods whose options have the same names become procs of one cluster: in two arrays side by side the
# names and the rows of the pods.
#
# What is NAME:=VALUE is the same for all procs of a cluster, and may be any text of one line.
submit_job() { # POD NAME=VALUE...: no value has a blank, a comma or a $
  local names='' row=$1 option i
  for option in "${@:2}"; do
    if [[ ${option%%=*} == *: ]]; then
      names+=$option$'\n'
    else
      names+=${option%%=*}$'\n'
      row+=,${option#*=}
    fi
  done
  for ((i = 0; i < ${#option_names[@]}; i++)); do
    [[ ${option_names[i]} != "$names" ]] || break
  done
  option_names[i]=$names
  option_rows[i]+=$row$'\n'
}

submit_rest() {
  local i
  if ((${#option_names[@]})); then
    keep_runner
    may_submit || return
    for ((i = 0; i < ${#option_names[@]}; i++)); do
      submit_rows "${option_names[i]}" "${option_rows[i]%$'\n'}"
    done
  fi
}

# HTCondor takes no copy of a script that it does not transfer, so it stays; one for each version.
# shellcheck disable=SC2154 # the digest is a constant of HtcondorScheduler.java
keep_runner() {
  # So it needs no quotes in the description, which knows none for names of files.
  [[ $backend == +([A-Za-z0-9._/@+=:-]) ]] || exit "$no_folder"
  kept_runner=$backend/runners/$runner_digest.sh
  [[ -e $kept_runner ]] && return
  mkdir -p -- "$backend/runners" && cp -p -- "$runner" "$kept_runner.$BASHPID" &&
    mv -f -- "$kept_runner.$BASHPID" "$kept_runner" || exit "$no_folder"
}

# What all jobs have in common. The shadow gives a job time to end after TERM, and our runner keeps
# the grace period of its pod itself. A job that has run is run again only if its pod's restart policy
# lets it; what a pod requires itself stands beside that. Holds that are an end are those of
# HoldReason.fatal(). An ended job stays in the queue for a while, so that a round sees its end without
# a search through the history.
describe() { # NAMES ROWS
  local name columns=pod i=0
  local requirements='(MY.InterlinkRestarts || MY.NumJobStarts is undefined || MY.NumJobStarts == 0)'
  printf '%s' 'universe = vanilla
notification = never
want_graceful_removal = true
kill_sig = SIGTERM
job_max_vacate_time = 3600
periodic_release = JobStatus == 5 && ((NumJobStarts == 0 || InterlinkRestarts =?= True) && (member(HoldReasonCode, {11,13,18}) && NumHolds <= 1 || member(HoldReasonCode, {6,14}) && NumHolds <= 3 || member(HoldReasonCode, {17,22,23,24}) && NumHolds <= 1000000)) && time() - EnteredCurrentStatus > 20 * NumHolds
periodic_remove = (JobStatus == 5 && member(HoldReasonCode, {2,3,5,6,7,8,9,10,11,12,13,14,18,19,20,21,25,26,27,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48}) && !((NumJobStarts == 0 || InterlinkRestarts =?= True) && (member(HoldReasonCode, {11,13,18}) && NumHolds <= 1 || member(HoldReasonCode, {6,14}) && NumHolds <= 3 || member(HoldReasonCode, {17,22,23,24}) && NumHolds <= 1000000))) || (NumJobStarts > 0 && InterlinkRestarts =!= True && (JobStatus == 1 || JobStatus == 5)) || (JobStatus <= 2 && InterlinkTimeLimit isnt undefined && time() - JobStartDate > InterlinkTimeLimit)
'
  describe_place
  while IFS= read -r name; do
    case $name in
      '') ;;
      requirements:=*) requirements+=" && ${name#*:=}" ;;
      *:=*) printf '%s = %s\n' "${name%%:=*}" "${name#*:=}" ;;
      *)
        columns+=,v$((++i))
        # shellcheck disable=SC2016 # a macro of the description, not a command
        printf '%s = $(v%d)\n' "$name" "$i"
        ;;
    esac
  done <<<"$1"
  printf 'requirements = %s\n' "$requirements"
  printf 'queue %s from (\n%s\n)\n' "$columns" "$2"
}

# Nothing came into the queue, for what one of several jobs asks. After any other failure jobs may
# be there, so it is not tried again before somebody has looked. The texts of CondorSubmitRefusals in
# their order; those that are no rejections return 1.
is_rejection() { # SAID
  case ${1//+([[:space:]])/ } in
    *MAX_JOBS_PER_OWNER* | *MAX_JOBS_SUBMITTED* | *'Number of submitted jobs would exceed'*) return 1 ;;
    *"Can't find address of local schedd"* | *'Failed to connect to'*) return 1 ;;
    *AUTHENTICATE:* | *'Cannot allocate a cluster id'* | *'User is disabled'* | *'not authorized'*) return 1 ;;
    *'Parse error in expression'* | *MAX_JOBS_PER_SUBMISSION*) ;;
    *SECMAN:* | *CEDAR:*) return 1 ;;
    *'Failed to commit job submission into the queue. ERROR: '*) ;;
    *) return 1 ;;
  esac
}

submit_rows() { # NAMES ROWS
  local lines said status first last cluster proc pod
  mapfile -t lines <<<"$2"
  said=$(exec condor_submit "${submitting[@]}" -terse - < <(describe "$1" "$2") 2>&1)
  status=$?
  if ((status != 0 && ${#lines[@]} > 1)) && is_rejection "$said"; then
    # One that is refused stops no other.
    for pod in "${lines[@]}"; do
      submit_rows "$1" "$pod"
    done
    return
  fi
  # What stands beside the ids are warnings.
  while IFS= read -r pod; do
    [[ $pod != +([0-9]).+([0-9])' - '+([0-9]).+([0-9]) ]] || read -r first _ last <<<"$pod"
  done <<<"$said"
  cluster=${first%%.*} proc=${first#*.}
  for pod in "${lines[@]}"; do
    pod=${pod%%,*}
    over "$pod"
    if ((status != 0 && ${#lines[@]} > 1)); then
      answer "$pod" unknown "$said"
    elif ((status != 0)); then
      answer "$pod" refused "$said"
    elif is_job_id "$first" && [[ $last == "$cluster.$((${first#*.} + ${#lines[@]} - 1))" ]]; then
      has_job "$pod" "$cluster.$proc"
      clear_sent "$pod"
      ((proc++))
    else
      answer "$pod" unknown "not job ids: $said"
    fi
  done
}

ask_accounting() { # yes|no|auto ID,ID...
  local wanted
  IFS=, read -r -a wanted <<<"$2"
  with_attributes history_of "${wanted[@]}" -match "${#wanted[@]}"
}

# The runner has TERM from the shadow, as soon as the schedd knows that the job is to go.
tell_runner() { # POD ID
  end_job "$@"
}

end_job() { # POD ID: the pod goes with the id, for ids are used again
  tell_grace "$@"
  to_be_removed+="${to_be_removed:+ || }ClusterId == ${2%.*} && ProcId == ${2#*.} && PodUID == \"$1\""
}

end_rest() {
  local said left
  [[ $to_be_removed ]] || return 0
  said=$(condor_rm "${there[@]}" -constraint "$to_be_removed" 2>&1 </dev/null) && return
  # Jobs that are gone, or on their way: no more than this line. A schedd that is away: others too.
  left=${said//"Couldn't find/remove all jobs matching constraint"*([^$'\n'])/}
  [[ $left == *([[:space:]]) ]] && return
  printf '%s\n' "$left" >&2
  exit "$no_answer"
}

# What Slot reads, in its order.
ask_capacity() {
  condor_status "${pool[@]}" -constraint 'SlotType =!= "Dynamic"' \
    -af:tV Name TotalSlotCpus TotalSlotMemory TotalSlotGPUs SlotType State Cpus Memory GPUs \
    Arch OpSysAndVer GPUs_DeviceName CUDADeviceName
}

# It says so itself, in the words of a hold.
is_out_of_memory() { return 1; }
