# The way to a schedd that has no file system in common with this host. A pod's files travel through
# the schedd's spool as job.tar, and what is left of the job comes back as out.tar; meanwhile
# carrier.sh, which goes with them, writes the runner's news into the job's attributes.
# shellcheck disable=SC2154 # constants of RemoteSchedd.java
# A removed job that never had its files is none of ours: another was made in its place.
whose=" && Owner == \"$owner\" && !(JobStatus == 3 && StageInFinish is undefined)" everyone=(-allusers)

# Jobs that have ended and left something, as long as they are as we have made them: whoever owns a
# job may change it, and must not tell our commands by it where to write.
to_be_fetched() { # CONSTRAINT
  printf '%s' "$1$whose && JobStatus >= 3 && JobStatus <= 5 && RemoteHost is undefined && " \
    'JobCurrentStartDate isnt undefined && StageOutFinish is undefined && InterlinkLost is undefined && ' \
    "(JobStatus != 5 || InterlinkRestarts =!= True) && TransferOutputRemaps is undefined && SUBMIT_Iwd == strcat(\"$backend/\", PodUID)"
}

# A submission that broke off between the commit and the last file leaves a job that waits for its
# files for ever. Nobody else is at work on this pod now, see lock_out.
drop_half_submitted() { # POD
  condor_rm "${there[@]}" -constraint "PodUID == \"$1\" && InterlinkBackend isnt undefined$whose && \
JobStatus == 5 && HoldReasonCode == 16" >/dev/null 2>&1
}

# A token of somebody else would make somebody else's jobs.
may_submit() {
  local said i pod
  said=$(condor_ping "${there[@]}" -type SCHEDD -verbose WRITE 2>&1)
  [[ $said != *'Remote Mapping:'*([[:space:]])"$owner@"* ]] || return 0
  if [[ $said == *'Remote Mapping:'* ]]; then
    said="AUTHENTICATE: the schedd takes this token for ${said##*'Remote Mapping:'*([[:space:]])}"
    said="${said%%$'\n'*} and not for $owner"
  else
    # Without this it does not say why.
    said=$(condor_ping -debug "${there[@]}" -type SCHEDD WRITE 2>&1)
  fi
  for ((i = 0; i < ${#option_rows[@]}; i++)); do
    while IFS=, read -r pod _; do
      [[ ! $pod ]] || over "$pod"
      [[ ! $pod ]] || answer "$pod" refused "$said"
    done <<<"${option_rows[i]}"
  done
  return 1
}

# shellcheck disable=SC2016 # $(...) is a macro of the description, not a command.
describe_place() {
  printf 'executable = %s\n' "$kept_runner"
  printf '%s' 'should_transfer_files = YES
when_to_transfer_output = ON_EXIT_OR_EVICT
transfer_input_files = job.tar
encrypt_input_files = job.tar
encrypt_output_files = out.tar
want_io_proxy = true
log = events.log
environment = "PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8"
arguments = "$(pod) $(ClusterId).$(ProcId)"
leave_in_queue = (JobStatus == 3 || JobStatus == 4) && (RemoteHost isnt undefined || (StageOutFinish is undefined && InterlinkLost is undefined && time() - EnteredCurrentStatus < (JobCurrentStartDate is undefined ? 15 : 864000)))
'
  printf 'initialdir = %s/$(pod)\n' "$backend"
}

# It may be secret.
clear_sent() { # POD
  rm -f -- "$backend/$1/job.tar"
}

# Ended jobs are fetched beside the round, for that may take longer than a round may.
ask_queue() { # BACKEND
  local lines status
  lines=$(with_attributes condor_q "${there[@]}" "${everyone[@]}" \
    -constraint "InterlinkBackend == \"$1\"$whose")
  status=$?
  [[ ! $lines ]] || printf '%s\n' "$lines"
  if cut -f 5 <<<"$lines" | grep -qx '[345]'; then
    fetch_ended "$1" </dev/null >/dev/null 2>&1 &
  fi
  return $status
}

fetch_ended() { # BACKEND
  local each job now last
  lock_fetch -n || return
  # After a failure not at once again; its time is what the lock's file says.
  printf -v now '%(%s)T' -1
  IFS= read -r last <"$backend/fetch.lock"
  ((now - ${last:-0} >= 20)) || return
  fetch "InterlinkBackend == \"$1\"" && return
  printf '%s\n' "$now" >"$backend/fetch.lock"
  # One that cannot be fetched stops no other.
  each=$(condor_q "${there[@]}" "${everyone[@]}" -af PodUID \
    -constraint "$(to_be_fetched "InterlinkBackend == \"$1\"")")
  while IFS= read -r job; do
    if [[ -d $backend/$job ]]; then
      fetch "PodUID == \"$job\""
    elif [[ $job ]]; then
      give_up "PodUID == \"$job\""
    fi
  done <<<"$each"
}

# HTCondor lets the jobs leave its queue then, and those whose output it does not have itself.
fetch() { # CONSTRAINT
  local said status came
  said=$(condor_transfer_data "${there[@]}" -constraint "$(to_be_fetched "$1")" 2>&1)
  status=$?
  for came in "$backend"/*/out.tar; do
    unpack "${came%/*}"
  done
  if ((status != 0)); then
    printf '%s\n' "$said" >&2
    if [[ $1 == PodUID* && $said == *'reading from file'*'No such file'* ]]; then
      give_up "$1"
    fi
  fi
  return $status
}

# Of jobs whose output nobody wants, or HTCondor does not have.
give_up() { # CONSTRAINT
  condor_qedit "${there[@]}" -constraint "$1$whose" InterlinkLost True >/dev/null 2>&1
}

# What comes from a job may be anything: of it stay plain files in the two folders. What came in part
# is thrown away, for it comes again.
unpack() { # JOB_FOLDER
  local new=$1/arrived
  rm -rf -- "$new" "$1/live"
  mkdir -- "$new" || return
  [[ ! -s $1/out.tar ]] || tar -x -o --no-same-permissions -f "$1/out.tar" -C "$new" || {
    rm -rf -- "$new" "$1/out.tar"
    return
  }
  find "$new" ! -type d \( ! -type f -o -links +1 \) -delete
  mkdir -p -- "$new/state" "$new/logs"
  rm -rf -- "$1/state" "$1/logs"
  mv -- "$new/state" "$new/logs" "$1"
  [[ ! -f $new/runner.log ]] || mv -f -- "$new/runner.log" "$1/runner.log"
  # Those that HTCondor has brought by their names are nothing, see carrier.sh.
  for new in "$1"/*.log "$1"/*.times; do
    [[ ${new##*/} == runner.log ]] || rm -f -- "$new"
  done
  rm -rf -- "$1/arrived" "$1/job.tar" "$1/out.tar"
}

# The log of a running job is a copy, taken the less often the larger it is. One whose runner has
# ended is waited for: between its last word and its output it has no log anywhere, and none is not
# an empty one.
# shellcheck disable=SC2034 # log.sh reads FILE
log_file() { # ./POD/logs/NAME
  local pod=${1#./} id live size at now status since host news
  pod=${pod%%/*} file=$backend/$1
  [[ ! -d $backend/$pod/logs ]] || return
  IFS= read -r id 2>/dev/null <"$backend/$pod/job-id" || return
  live=$backend/$pod/live/${1##*/}
  printf -v now '%(%s)T' -1
  if [[ -f $live ]] && read -r size at < <(stat -c '%s %Y' -- "$live") && ((now - at <= size >> 22)); then
    file=$live
    return
  fi
  for ((SECONDS = 0; SECONDS < 20; )); do
    status=$(condor_q "${there[@]}" "${everyone[@]}" "$id" -af JobStatus JobCurrentStartDate \
      RemoteHost InterlinkNews) || exit "$no_answer"
    read -r status since host news <<<"$status"
    case $status in
      2)
        [[ $news != undefined ]] || return
        if ! [[ ";$news" == *';ended,'* ]] && copy_live; then
          file=$live
          return
        fi
        ;;
      [345])
        if [[ $host == undefined ]]; then
          lock_fetch && { [[ -d $backend/$pod/logs ]] || fetch "PodUID == \"$pod\""; } || exit "$no_answer"
          return
        fi
        ;;
      '')
        # Its output may have come, and be on its way to its place.
        lock_fetch || exit "$no_answer"
        return
        ;;
      *) return ;;
    esac
    sleep 0.3
  done
  [[ -f $live ]] || exit "$no_answer"
  file=$live
}

lock_fetch() { # FLOCK_OPTION...
  exec 6>>"$backend/fetch.lock" && flock "$@" 6
}

# The status is 0 if LIVE may be told. condor_tail would wait for a job that does not run.
copy_live() { # reads ID, LIVE, NOW and SINCE of log_file
  local part=$live.$BASHPID begin=''
  mkdir -p -- "${live%/*}"
  # Of a job that has only just begun the schedd does not know at once where it is.
  if timeout $((now - since < 10 ? 2 : 15)) condor_tail "${there[@]}" -no-stdout -maxbytes 268435456 "$id" \
    "live/${live##*/}" >"$part" 2>/dev/null; then
    IFS= read -r -N 13 begin <"$part"
    [[ $begin != $'\001nothing yet' ]] || : >"$part"
    [[ $begin == $'\001all packed' ]] || mv -f -- "$part" "$live"
  fi
  rm -f -- "$part"
  [[ $begin != $'\001all packed' ]] && { [[ -f $live ]] || ((now - since < 10)); }
}

# Nobody will fetch it any more, and its files may be secret. To the end of the discard nothing is
# unpacked into a folder that is about to go.
forget_job() { # POD
  local id
  lock_fetch -w 10 || exit "$no_answer"
  [[ ! -d $1/logs && -f $1/job-id ]] || return 0
  IFS= read -r id <"$1/job-id"
  is_job_id "$id" || return 0
  give_up "PodUID == \"$1\""
  end_job "$1" "$id"
}

# No attribute of a running job reaches the job, but a change of its priority is told in its event log,
# which the carrier reads when it is told to end, and while its pod takes its time. A removed job that is
# still there a minute after that is taken out of the queue, and its machine ends it then.
tell_grace() { # POD ID
  local now since left job="ClusterId == ${2%.*} && ProcId == ${2#*.} && PodUID == \"$1\""
  [[ ${grace-} && -d $backend/$1 ]] || return 0
  printf -v now '%(%s)T' -1
  IFS= read -r since 2>/dev/null <"$backend/$1/cancelled" || printf '%s\n' "$now" >"$backend/$1/cancelled"
  [[ $since == +([0-9]) ]] || since=$now
  left=${grace/./}
  [[ $grace == *.* ]] || left+=000
  ((left = 10#$left, left < 1000000000)) || left=999999999
  # It knows no long form of this option.
  condor_prio "${there[@]/#-name/-n}" -p "$((-1000000000 - left))" "$2" >/dev/null 2>&1
  if ((now - since > ${whole-0} + 60)); then
    condor_rm "${there[@]}" -forcex -constraint "$job && JobStatus == 3" >/dev/null 2>&1
  fi
}
