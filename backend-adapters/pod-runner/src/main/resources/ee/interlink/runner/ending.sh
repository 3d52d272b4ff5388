# shellcheck shell=bash disable=SC2034,SC2154,SC2317 # a part of one script, PodRunner.java joins them
#
# TERM and KILL: in the runner itself, in each supervisor, and by what outlives both.

# Also by who has removed the job's folder: nothing can be told there any more.
told_to_end() {
  [[ -e state/terminating || ! -d state ]]
}

# This container is not to run any more, whether the whole pod ends or not.
is_over() {
  [[ -e state/$supervised.over ]] || told_to_end
}

# The file comes before the signal: a supervisor that could not yet take the signal sees the file.
on_term_runner() {
  interrupted=1
  told_early=1
  if [[ $claimed ]]; then
    : >state/terminating
    now
    told_at=${told_at:-$millis}
    if ((${#supervisors[@]} > 0)); then
      kill -TERM "${supervisors[@]}" 2>/dev/null
    fi
  fi
}

on_term_supervisor() {
  interrupted=1
  : >state/terminating
  end_run
}

# A sidecar's end, and no other's: the file is there already.
on_over() {
  interrupted=1
  end_run
}

on_unhealthy() {
  interrupted=1
  if [[ $child ]]; then
    end_container
  fi
}

end_run() {
  if [[ $child ]]; then
    end_container
  elif [[ $pause ]]; then
    kill -TERM -- "-$pause" 2>/dev/null
  fi
}

# TERM goes out once; the grace period is read at each call, for a later cancel may shorten it.
end_container() {
  read -r seconds <pod/grace
  if [[ -s state/$supervised.grace ]]; then
    read -r word <"state/$supervised.grace"
    seconds=${word:-$seconds}
  fi
  if [[ -e grace ]]; then
    read -r seconds <grace
  fi
  if [[ $seconds == 0 ]]; then
    kill_container "$child"
    return
  fi
  set -m
  if [[ ! $timers ]]; then
    if [[ -s containers/$supervised/preStop ]]; then
      before_term </dev/null >/dev/null 2>&1 &
      timers=" $!"
    else
      kill -TERM "$child" 2>/dev/null
    fi
  fi
  if [[ $seconds != "$seconds_running" ]]; then
    seconds_running=$seconds
    {
      sleep "$seconds"
      if [[ -s containers/$supervised/preStop ]]; then
        after_hook
      fi
      kill_container "$child"
    } </dev/null >/dev/null 2>&1 &
    timers+=" $!"
  fi
  set +m
}

# The hook's time is part of the grace period. What it took too long, the container has two seconds
# for, as from a kubelet.
before_term() {
  trap - TERM USR1 USR2
  words_of "containers/$supervised/preStop"
  handle '' "$supervised" "${words[@]}" || complain "$supervised" 4 "PreStopHook failed: $said"
  send_term
}

send_term() {
  now
  record "work/.$supervised.hooked" "$millis"
  kill -TERM "$child" 2>/dev/null
}

after_hook() {
  hooked=''
  { read -r hooked <"work/.$supervised.hooked"; } 2>/dev/null
  if [[ ! $hooked ]]; then
    send_term
    hooked=$millis
  fi
  now
  left=$((hooked + 2000 - millis))
  if ((left > 0)); then
    printf -v left '%d.%03d' $((left / 1000)) $((left % 1000))
    sleep "$left"
  fi
}

# The group, and the tree as well: Apptainer's file system daemons have groups of their own, and
# would stay for ever.
kill_container() { # PID
  tree=("$1")
  for ((i = 0; i < ${#tree[@]}; i++)); do
    children_of "${tree[i]}"
    tree+=("${children[@]}")
  done
  kill -KILL -- "-$1" "${tree[@]}" 2>/dev/null
}

children_of() { # PID, into CHILDREN
  children=()
  # A list for each thread, and Apptainer has many.
  for list in "/proc/$1/task/"*/children; do
    words=()
    read -r -a words <"$list"
    children+=("${words[@]}")
  done 2>/dev/null
}

# A runner that is killed cannot end its containers. The end of this pipe tells of its death, to a
# process in a group of its own. What still runs then is killed, as the job is over. Until then that
# process writes down when containers speak.
watch_runner() {
  mkfifo state/alive
  set -m
  outlive_runner <state/alive &
  set +m
  exec {alive}>state/alive
  rm -f state/alive
}

outlive_runner() {
  trap '' TERM
  declare -A size=() told=() lines=() again=() opened=()
  words_of pod/init
  containers=("${words[@]}")
  words_of pod/containers
  containers+=("${words[@]}")
  while :; do
    word=''
    read -r -t 1 word
    (($? > 128)) || break
    note_times
    look_at_volumes
  done
  # The word comes with an orderly end; by then somebody may have removed the whole folder.
  if [[ $word != ended && ! -e state/ended ]]; then
    # For a supervisor that is only about to start its container.
    record grace 0
    told_to_end || record state/terminating 'the runner is gone'
    for group in state/*.group state/*.pause; do
      if [[ -s $group ]]; then
        read -r group <"$group"
        kill_container "$group"
      fi
    done
    remove_memory
    # Only a job that is begun once more still needs it. At once, for the batch system may be about to
    # kill us too.
    [[ $job && $policy != never ]] || remove_what_ends_with_the_job
    # Time for the supervisors to write down the ends.
    sleep 1
    kill_session
    remove_memory
  fi
}

# A batch system that kills a part of the job's tree cuts the rest off it, and only the session still
# holds it together. Not all of a session that began before the runner is the runner's to kill.
kill_session() {
  for process in /proc/[0-9]*; do
    { read -r stat <"$process/stat"; } 2>/dev/null || continue
    read -r -a stat <<<"${stat##*) }"
    if [[ ${stat[3]} == "$session" && ${process#/proc/} != "$BASHPID" ]] &&
      ((session == $$ || stat[1] == 1)); then
      kill -KILL "${process#/proc/}" 2>/dev/null
    fi
  done
}
