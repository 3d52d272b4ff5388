# shellcheck shell=bash disable=SC2034,SC2154,SC2317 # a part of one script, PodRunner.java joins them
#
# Into a container that runs, as "kubectl exec" goes: for probes and hooks.

# Apptainer's own process has the first one of the container's PID namespace as a child, and that one
# has what the pod wants, once it has become that: before, its environment is another.
find_inside() { # CONTAINER, into GATE and MAIN
  main=''
  { read -r main <"state/$1.group"; } 2>/dev/null
  [[ $main ]] || return
  [[ $runtime == apptainer ]] || return 0
  children_of "$main"
  for gate in "${children[@]}"; do
    [[ -e /proc/$gate/ns/pid && ! /proc/$gate/ns/pid -ef /proc/self/ns/pid ]] || continue
    children_of "$gate"
    for main in "${children[@]}"; do
      words=()
      { words_of "/proc/$main/environ"; } 2>/dev/null
      for word in "${words[@]}"; do
        case $word in
          APPTAINER_NAME=* | SINGULARITY_NAME=*) return 0 ;;
        esac
      done
    done
  done
  return 1
}

# Becomes the command, among the container's processes and with its environment. To enter needs no
# privilege: the user namespace is this account's. /proc/PID/root would need one.
exec_inside() { # CONTAINER WORDS...
  trap - TERM USR1 USR2
  umask "$account_umask"
  if [[ $runtime != apptainer ]]; then
    as_process "$1" "${@:2}"
  fi
  find_inside "$1" || {
    echo "the container has no process"
    exit 1
  }
  words_of "/proc/$main/environ"
  runner_env=("${words[@]}")
  runner_argv=("$(type -P setpriv)" --no-new-privs "$(type -P nsenter)" --target "$gate"
    --user --mount --pid --preserve-credentials)
  # What it shares with its machine is the machine's, and nobody else may join it.
  for word in uts ipc; do
    [[ /proc/$gate/ns/$word -ef /proc/self/ns/$word ]] || runner_argv+=("--$word")
  done
  words_of "containers/$1/cwd"
  runner_cwd=${words[0]}
  if [[ ! $runner_cwd ]]; then
    runner_argv+=(--)
  elif [[ $(nsenter --help) == *--wdns* ]]; then
    runner_argv+=("--wdns=$runner_cwd" --)
  else
    # shellcheck disable=SC2016 # the container's shell expands it
    runner_argv+=(-- sh -ec 'cd -- "$0" && exec "$@"' "$runner_cwd")
  fi
  runner_argv+=("${@:2}")
  runner_unset=(-u SHLVL)
  forget_environment
  launch
}
