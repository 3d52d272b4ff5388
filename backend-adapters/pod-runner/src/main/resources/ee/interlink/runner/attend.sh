# shellcheck shell=bash disable=SC2034,SC2154,SC2317 # a part of one script, PodRunner.java joins them
#
# Who attends to a container that has probes or hooks: one process beside it, started with each run
# and ended with it (Kubernetes, "Liveness, Readiness and Startup Probes", "Container Lifecycle Hooks").

nap() { # SECONDS: no process
  [[ ${idle-} ]] || exec {idle}<> <(:)
  read -r -t "$1" -u "$idle"
}

is_up() { # CONTAINER: it has started, as Kubernetes means it
  now
  record "state/$1.up" "$restarts $millis"
  tell up "$1" "$restarts" 0
}

tell_readiness() { # CONTAINER 0|1
  now
  record "state/$1.ready" "$restarts $2 $millis"
  tell ready "$1" "$restarts" "$2"
}

# WHAT is a number that SpoolEntry knows. The words are those of the last trouble.
complain() { # CONTAINER WHAT TEXT
  now
  record "state/$1.unhealthy" "$restarts $2 $millis"$'\n'"$3"
  tell unhealthy "$1" "$restarts" "$2"
}

# The supervisor ends the container and starts it again, if the policy says so.
give_up() { # CONTAINER GRACE
  record "state/$1.grace" "$2"
  kill -USR1 "$supervisor" 2>/dev/null
}

attend() { # CONTAINER
  exec {alive}>&-
  trap - TERM USR1 USR2
  until find_inside "$1"; do
    nap 0.05
  done
  now
  begun=$millis
  if [[ -s containers/$1/postStart ]]; then
    words_of "containers/$1/postStart"
    handle '' "$1" "${words[@]}" || {
      complain "$1" 3 "PostStartHook failed: $said"
      give_up "$1" ''
      return
    }
    tell_start "$1"
  fi
  [[ -s containers/$1/probes ]] || {
    is_up "$1"
    return
  }
  probe_data "$1"
  [[ $gated ]] || is_up "$1"
  while :; do
    next=$((millis + 3600000))
    now
    for ((i = 0; i < ${#kinds[@]}; i++)); do
      has_a_turn || continue
      if ((due[i] <= millis)); then
        probe "$1"
        now
        while ((due[i] <= millis)); do
          ((due[i] += period[i]))
        done
        has_a_turn || continue
      fi
      ((due[i] < next)) && next=${due[i]}
    done
    now
    if ((next > millis)); then
      printf -v seconds '%d.%03d' $(((next - millis) / 1000)) $(((next - millis) % 1000))
      nap "$seconds"
    fi
  done
}

# Kind, six numbers, how many words and these, for each probe.
probe_data() { # CONTAINER
  words_of "containers/$1/probes"
  data=("${words[@]}")
  kinds=() due=() period=() limits=() enough=() bearable=() graces=() at=() count=() good=() bad=()
  gated='' given_up='' ready=''
  for ((i = 0; i + 7 < ${#data[@]}; i += 8 + data[i + 7])); do
    kinds+=("${data[i]}")
    due+=($((begun + 1000 * data[i + 1])))
    period+=($((1000 * data[i + 2])))
    limits+=("${data[i + 3]}")
    enough+=("${data[i + 4]}")
    bearable+=("${data[i + 5]}")
    graces+=("${data[i + 6]}")
    count+=("${data[i + 7]}")
    at+=($((i + 8)))
    good+=(0)
    bad+=(0)
    [[ ${data[i]} != startup ]] || gated=1
  done
}

# All others wait for the startup probe. A container that ends is not held to be alive, but whether it
# is ready is still asked.
has_a_turn() {
  if [[ ${kinds[i]} == startup ]]; then
    [[ $gated && ! $given_up ]] && ! told_to_end
  elif [[ $gated ]]; then
    return 1
  elif [[ ${kinds[i]} == liveness ]]; then
    [[ ! $given_up ]] && ! told_to_end
  fi
}

probe() { # CONTAINER
  if handle "${limits[i]}" "$1" "${data[@]:at[i]:count[i]}"; then
    ((good[i] += 1))
    bad[i]=0
    ((good[i] < enough[i])) || probe_passes "$1"
  else
    ((bad[i] += 1))
    good[i]=0
    if ((bad[i] == 1)); then
      case ${kinds[i]} in
        liveness) complain "$1" 0 "Liveness probe failed: $said" ;;
        readiness) complain "$1" 1 "Readiness probe failed: $said" ;;
        startup) complain "$1" 2 "Startup probe failed: $said" ;;
      esac
    fi
    ((bad[i] < bearable[i])) || probe_fails "$1"
  fi
}

probe_passes() { # CONTAINER
  case ${kinds[i]} in
    startup)
      gated=''
      is_up "$1"
      # The others begin now, but not before their time.
      for ((other = 0; other < ${#kinds[@]}; other++)); do
        ((due[other] >= millis)) || due[other]=$millis
      done
      ;;
    readiness)
      if [[ $ready != 1 ]]; then
        ready=1
        tell_readiness "$1" 1
      fi
      ;;
  esac
}

probe_fails() { # CONTAINER
  case ${kinds[i]} in
    readiness)
      if [[ $ready == 1 ]]; then
        ready=''
        tell_readiness "$1" 0
      fi
      ;;
    *)
      given_up=1
      if [[ ${kinds[i]} == liveness ]]; then
        complain "$1" 5 "Liveness probe failed: $said"
      else
        complain "$1" 6 "Startup probe failed: $said"
      fi
      give_up "$1" "${graces[i]}"
      ;;
  esac
}
