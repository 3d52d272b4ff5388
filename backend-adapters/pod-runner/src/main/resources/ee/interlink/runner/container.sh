# shellcheck shell=bash disable=SC2034,SC2154,SC2317 # a part of one script, PodRunner.java joins them
#
# One container: its runs, and what comes between them.

# Waits for its container alone, so the end of each is told when it happens (bash 4.2 has no
# "wait -n"), and starts it again if that is what the pod says.
supervise() { # CONTAINER POLICY
  exec {alive}>&-
  [[ ! $memory_lock ]] || exec {memory_lock}>&-
  supervised=$1 supervisor=$BASHPID
  child='' pause='' attendant='' restarts=0 delay=0
  take_signals
  if is_over; then
    not_begun "$1"
    exit 143
  fi
  if { read -r restarts _ <"state/$1.started"; } 2>/dev/null; then
    put_aside "$1"
    ((restarts += 1))
  fi
  fetch_image "$1" "$restarts" || {
    not_begun "$1"
    exit 143
  }
  run_once "$1"
  while restart_is_due "$2"; do
    back_off "$1"
    is_over && break
    fetch_image "$1" $((restarts + 1)) || break
    is_over && break
    put_aside "$1"
    ((restarts += 1))
    run_once "$1"
  done
  exit "$code"
}

restart_is_due() { # POLICY
  case $1 in
    always) ;;
    on-failure) ((code != 0)) || return ;;
    *) return 1 ;;
  esac
  ! is_over
}

# As the kubelet does: the first time at once, then ever later; anew after a long run.
back_off() { # CONTAINER
  if ((millis - started >= 2 * longest_delay)); then
    delay=0
  fi
  if ((delay > 0)); then
    rest "$1" "$delay"
  fi
  delay=$((delay == 0 ? first_delay : 2 * delay))
  if ((delay > longest_delay)); then
    delay=$longest_delay
  fi
}

# A pause is a process, for "wait" alone is cut short by a signal.
rest() { # CONTAINER MILLIS
  printf -v seconds '%d.%03d' "$(($2 / 1000))" "$(($2 % 1000))"
  aside "$1" sleep "$seconds"
}

# What comes between two runs, in a process group of its own that TERM ends; with its status.
aside() { # CONTAINER COMMAND...
  set -m
  "${@:2}" </dev/null >/dev/null 2>&1 &
  pause=$!
  set +m
  record "state/$1.pause" "$pause"
  if is_over; then
    kill -TERM -- "-$pause" 2>/dev/null
  fi
  while :; do
    interrupted=''
    wait "$pause"
    ended=$?
    [[ $interrupted ]] || break
  done
  kill -KILL -- "-$pause" 2>/dev/null
  : >"state/$1.pause"
  pause=''
  return "$ended"
}

# A container begins anew, in empty folders and with an empty log; what the last run said is kept.
put_aside() { # CONTAINER
  chmod -R u+rwX -- "work/$1" 2>/dev/null
  rm -rf -- "work/$1" "logs/$1.previous.times" "logs/$1.previous.cut"
  mkdir -- "work/$1"
  for word in cut log times; do
    if [[ -e logs/$1.$word ]]; then
      mv -f -- "logs/$1.$word" "logs/$1.previous.$word"
    fi
  done
}

# "set -m" gives the container a process group of its own.
run_once() { # CONTAINER
  timers='' seconds_running=''
  rm -f -- "state/$1.grace" "state/$1.undone" "work/.$1.hooked"
  now
  started=$millis
  record "state/$1.started" "$restarts $started"
  hooked=''
  if [[ -s containers/$1/postStart ]]; then
    hooked=1
  else
    tell_start "$1"
  fi
  set -m
  run_container "$1" </dev/null >>"logs/$1.log" 2>&1 &
  child=$!
  record "state/$1.group" "$child"
  if [[ $hooked || -s containers/$1/probes ]]; then
    attend "$1" &
    attendant=$!
  elif is_sidecar "$1"; then
    is_up "$1"
  fi
  set +m
  if is_over; then
    end_container
  fi
  hold_dev "$1"
  # A trap cuts "wait" short; asking again gives the child's own status, for bash remembers it.
  while :; do
    interrupted=''
    wait "$child"
    code=$?
    [[ $interrupted ]] || break
  done
  # Slurm sends CONT before TERM, to Apptainer's processes too, and they may take that for what their
  # container died of.
  if ((code == 146)) && [[ $runtime == apptainer ]] && told_to_end; then
    code=143
  fi
  # What the main process left behind ends with it, as in a PID namespace.
  kill -KILL -- "-$child" 2>/dev/null
  child=''
  for timer in $timers $attendant; do
    kill_container "$timer"
    # Else bash would say that it is killed.
    wait "$timer" 2>/dev/null
  done
  attendant=''
  close_times "$1"
  kind=exited message=''
  if [[ -e state/$1.refused ]]; then
    kind=unstarted
    IFS= read -r message <"state/$1.refused"
    rm -f -- "state/$1.refused"
  elif ((code == 255)) && [[ $runtime == apptainer ]]; then
    # 255 is also Apptainer's own failure; only its last words tell.
    last_words=$(tail -c 1000 -- "logs/$1.log" | tr -d '\0')
    if [[ $last_words == *FATAL:* ]]; then
      # The kubelet's code for it.
      kind=unstarted code=128
      message=FATAL:${last_words#*FATAL:}
    fi
  fi
  if [[ $kind == exited ]]; then
    read_message "$1"
  fi
  [[ ! $dev ]] || exec {dev}<&-
  word=''
  [[ $kind != said ]] || word=' said'
  if is_taken_off; then
    : >"state/$1.undone"
  fi
  record "state/$1.exited" "$restarts $started $code $millis$word${message:+$'\n'$message}"
  # Once more, for an attendant may not have come so far; with nothing between it and the end, or who
  # reads the news there would see a container run whose first hook has failed.
  if [[ $hooked ]]; then
    tell_start "$1"
  fi
  tell "$kind" "$1" "$restarts" "$code"
}

tell_start() { # CONTAINER
  millis=$started tell started "$1" "$restarts" 0
}

# Apptainer makes a /dev of its own, into which nothing can be bound. The folder behind it is seen
# through Apptainer's process, which is this account's; held open, it outlives the container.
hold_dev() { # CONTAINER, into DEV
  dev=''
  words_of "containers/$1/message"
  [[ $runtime == apptainer && ${words[1]-} == /dev/* ]] || return 0
  exec {idle}<> <(:)
  # A trap in the middle of "read -t" that reads something itself takes the time limit away, and bash
  # waits for ever. So what signals want comes when there is no more to wait for.
  late=()
  trap 'late+=(on_term_supervisor)' TERM
  trap 'late+=(on_unhealthy)' USR1
  trap 'late+=(on_over)' USR2
  for ((i = 0; i < 500 && ${#late[@]} == 0; i++)); do
    for word in "/proc/$child/root/var/"{lib/,}{apptainer,singularity}/mnt/session/dev; do
      if [[ -d $word ]]; then
        { exec {dev}<"$word"; } 2>/dev/null
        break 2
      fi
    done
    read -r -t 0.02 -u "$idle"
    kill -0 "$child" 2>/dev/null || break
  done
  exec {idle}>&-
  take_signals
  while ((${#late[@]} > 0)); do
    word=${late[0]}
    late=("${late[@]:1}")
    "$word"
  done
}

take_signals() {
  trap on_term_supervisor TERM
  trap on_unhealthy USR1
  trap on_over USR2
}

# What the container has to say about its end (Kubernetes, "Determine the Reason for Pod Failure"):
# what it wrote to that end, or else the end of its log.
read_message() { # CONTAINER, into MESSAGE and KIND
  words_of "containers/$1/message"
  policy_of_message=${words[0]-}
  word=work/.$1.message
  if [[ $dev ]]; then
    word=/proc/self/fd/$dev/${words[1]#/dev/}
    # A link would lead to the machine's files, and a folder may be one.
    [[ -f $word && ! -L $word && ${words[1]} != /dev/*/* ]] || word=''
  fi
  if [[ $word && -s $word ]]; then
    IFS= read -r -d '' -n 4096 message <"$word"
  elif [[ $policy_of_message == log ]] && ((code != 0)); then
    message=$(tail -n 80 -- "logs/$1.log" | tail -c 2048 | tr -d '\0')
  fi
  [[ ! $message ]] || kind=said
}

refuse() { # CONTAINER MESSAGE
  printf '%s\n' "$2" >"state/$1.refused"
  exit 128
}
