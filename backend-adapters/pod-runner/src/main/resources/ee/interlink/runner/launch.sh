# shellcheck shell=bash disable=SC2034,SC2154,SC2317 # a part of one script, PodRunner.java joins them
#
# How a container becomes a process of the machine.

run_container() { # CONTAINER
  trap - TERM USR1 USR2
  [[ ! $memory_fault ]] || refuse "$1" "$memory_fault"
  umask "$account_umask"
  runner_unset=(-u SHLVL)
  words_of "containers/$1/env"
  runner_env=("${words[@]}")
  words_of "containers/$1/command"
  runner_argv=("${words[@]}")
  words_of "containers/$1/args"
  runner_args=("${words[@]}")
  words_of "containers/$1/cwd"
  runner_cwd=${words[0]}
  if [[ $runtime == apptainer ]]; then
    run_in_apptainer "$1"
  else
    run_as_process "$1"
  fi
}

run_as_process() { # CONTAINER
  runner_argv+=("${runner_args[@]}")
  as_process "$1" "${runner_argv[@]}"
}

# A plain process sees the pod's variables and this base, nothing else of the job's environment.
as_process() { # CONTAINER WORDS...
  words_of "containers/$1/env"
  runner_env=("${words[@]}")
  words_of "containers/$1/cwd"
  runner_cwd=${words[0]}
  words=("PATH=$PATH" "HOME=${HOME-/}" "HOSTNAME=$HOSTNAME")
  for word in USER LOGNAME CUDA_VISIBLE_DEVICES ROCR_VISIBLE_DEVICES; do
    if [[ ${!word+set} ]]; then
      words+=("$word=${!word}")
    fi
  done
  runner_env=("${words[@]}" "${runner_env[@]}")
  runner_argv=("${@:2}")
  runner_unset=(-u SHLVL)
  forget_environment
  cd -- "${runner_cwd:-work/$1}" || refuse "$1" "cannot enter the working directory $runner_cwd"
  launch
}

forget_environment() {
  while IFS= read -r word; do
    export -n "${word?}"
  done < <(compgen -e)
  # Names that are no identifiers are hidden from bash, yet it would hand them on.
  while IFS= read -r -d '' word; do
    case ${word%%=*} in
      '') ;;
      *[!A-Za-z0-9_]* | [0-9]*) runner_unset+=(-u "${word%%=*}") ;;
    esac
  done <"/proc/$$/environ"
}

# Becomes the command in RUNNER_ARGV with the variables of RUNNER_ENV.
#
# Exported variables reach the process without being seen by anyone else. Some names cannot go this
# way: those that bash keeps for itself or reacts to, the few used here, and those that are no
# identifiers. They go through the arguments of env(1), which other users of the host may see for
# the instant before env becomes the command.
launch() {
  runner_assign=()
  runner_tool=$(type -P env)
  if [[ ${runner_argv[0]} == *=* || ${runner_argv[0]} == - ]]; then
    # env would take the command for a variable; nice takes no variables and changes nothing here.
    runner_argv=("$(type -P nice)" -n 0 -- "${runner_argv[@]}")
  fi
  for runner_item in "${runner_env[@]}"; do
    runner_name=${runner_item%%=*}
    case $runner_name in
      *[!A-Za-z0-9_]* | [0-9]* | runner_* | _ | BASH* | COMP_* | COPROC | COLUMNS | DIRSTACK | ENV | \
        EPOCH* | EUID | EXECIGNORE | FCEDIT | FIGNORE | FUNCNAME | FUNCNEST | GLOB* | GROUPS | HIST* | \
        IFS | IGNOREEOF | INPUTRC | LANG* | LC_* | LINENO | LINES | MAPFILE | OLDPWD | OPT* | PATH | \
        PIPESTATUS | POSIX* | PPID | PROMPT* | PS[0-9] | PWD | RANDOM | READLINE_* | REPLY | SECONDS | \
        SHELL | SHELLOPTS | SHLVL | SRANDOM | TERM* | TIMEFORMAT | TMOUT | TMPDIR | UID | LD_*)
        runner_assign+=("$runner_item")
        ;;
      *)
        unset -v "$runner_name"
        printf -v "$runner_name" %s "${runner_item#*=}"
        export "${runner_name?}"
        ;;
    esac
  done
  exec "$runner_tool" "${runner_unset[@]}" -- "${runner_assign[@]}" "${runner_argv[@]}"
}
