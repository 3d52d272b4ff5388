#!/bin/bash
#
# Runs the containers of one pod inside its batch job.
#
#   bash pod-runner.sh JOB_DIRECTORY [STATUS [JOB]]
#
# STATUS is what it ends with if the pod has been claimed before; 0 by default. JOB is the batch
# system's id of the job, from one that may take a job off its machine and start it once more: then
# the containers are started again, if the pod's restart policy lets them.
#
# This script is the same for all pods. What is special to a pod lies in the job directory as data,
# each word ended by a NUL, and is never evaluated. Needs bash 4.2 and coreutils, nothing else.
# JobDirectory.java names every path; docs/decisions/0003-runner.md says why it is made this way.
#
# shellcheck disable=SC2317 # functions called by traps
RUNNER_VERSION=4

# Bytes, not characters; and for this shell alone, not for the containers.
unset -v LC_ALL
LC_ALL=C

# The account's environment may bring functions that would stand in the place of commands.
while IFS= read -r word; do
  unset -f "$word"
done < <(compgen -A function)

# Lines of a container's times; beyond it every second one goes. About 64 KiB.
most_times=2200

account_umask=$(umask)
umask 077

supervisors=()
claimed=''
told_early=''
interrupted=''

# ---- words of a data file, into the array WORDS

words_of() { # FILE
  words=()
  while IFS= read -r -d '' word; do
    words+=("$word")
  done <"$1"
}

# ---- what the outside world reads

now() { # into MILLIS
  if ((BASH_VERSINFO[0] >= 5)); then
    millis=${EPOCHREALTIME/[.,]/}
    millis=${millis%???}
  else
    millis=$(date +%s%3N)
  fi
}

# Written aside and renamed, so that a reader sees all of it or nothing.
record() { # FILE TEXT
  printf '%s\n' "$2" >"$1.part" && mv -f -- "$1.part" "$1"
}

# The name says everything and the file is empty: one create, atomic on NFS too.
tell() { # KIND CONTAINER RESTARTS NUMBER
  : >"../spool/$pod,$1,$2,$3,$4,$millis"
}

not_started() { # CONTAINER CODE MESSAGE
  now
  record "state/$1.exited" "0 - $2 $millis"$'\n'"$3"
  tell unstarted "$1" 0 "$2"
}

# Nothing is said of one that has its turn once the job is started again.
not_begun() { # CONTAINER
  [[ -e state/$1.exited || -e state/$1.started ]] || is_taken_off ||
    not_started "$1" 143 'not started: the pod was told to end'
}

# ---- TERM, in the runner itself and in each supervisor

# Also by who has removed the job's folder: nothing can be told there any more.
told_to_end() {
  [[ -e state/terminating || ! -d state ]]
}

# The file comes before the signal: a supervisor that could not yet take the signal sees the file.
on_term_runner() {
  interrupted=1
  told_early=1
  if [[ $claimed ]]; then
    : >state/terminating
    if ((${#supervisors[@]} > 0)); then
      kill -TERM "${supervisors[@]}" 2>/dev/null
    fi
  fi
}

on_term_supervisor() {
  interrupted=1
  : >state/terminating
  if [[ $child ]]; then
    end_container
  elif [[ $pause ]]; then
    kill -TERM -- "-$pause" 2>/dev/null
  fi
}

# TERM goes out once; the grace period is read at each call, for a later cancel may shorten it.
end_container() {
  read -r seconds <pod/grace
  if [[ -e grace ]]; then
    read -r seconds <grace
  fi
  if [[ $seconds == 0 ]]; then
    kill_container "$child"
    return
  fi
  if [[ ! $timers ]]; then
    kill -TERM "$child" 2>/dev/null
  fi
  if [[ $seconds != "$seconds_running" ]]; then
    seconds_running=$seconds
    set -m
    {
      sleep "$seconds"
      kill_container "$child"
    } </dev/null >/dev/null 2>&1 &
    timers+=" -$!"
    set +m
  fi
}

# The group, and the tree as well: Apptainer's file system daemons have groups of their own, and
# would stay for ever.
kill_container() { # PID
  tree=("$1")
  for ((i = 0; i < ${#tree[@]}; i++)); do
    # A list for each thread, and Apptainer has many.
    for children in "/proc/${tree[i]}/task/"*/children; do
      words=()
      read -r -a words <"$children"
      tree+=("${words[@]}")
    done
  done 2>/dev/null
  kill -KILL -- "-$1" "${tree[@]}" 2>/dev/null
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
    # Only a job that is begun once more still needs it. At once, for the batch system may be about to
    # kill us too.
    [[ $job && $policy != never ]] || remove_what_ends_with_the_job
    # Time for the supervisors to write down the ends.
    sleep 1
    kill_session
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

# ---- when a container wrote what

# A container writes into its log itself, so the log is looked at from outside: once a second, by
# its time alone. Only what has grown costs a process, one for all.
#
# state/NAME.group has the container's process group while the container runs. Its supervisor
# empties it and then puts a new file in the place of the times. So what is opened here, with the
# group still there, is either that file's ancestor or nobody's any more, and no line comes after the
# last.
note_times() {
  opened=()
  for container in "${containers[@]}"; do
    log=logs/$container.log times=logs/$container.times
    [[ -s state/$container.group && -s $log ]] || continue
    if [[ ! -e $times ]]; then
      size[$container]=0 told[$container]=0 lines[$container]=0
    elif [[ ! ${again[$container]-} && ! $log -nt $times ]]; then
      continue
    fi
    again[$container]=''
    if exec {fd}>>"$times"; then
      if [[ -s state/$container.group ]]; then
        opened[$log]=$fd
      else
        exec {fd}>&-
      fi
    fi
  done
  ((${#opened[@]} > 0)) || return
  while read -r grown log; do
    container=${log#logs/} container=${container%.log}
    if ((grown > ${size[$container]:-0})); then
      now
      ((millis >= ${told[$container]:-0})) || millis=${told[$container]}
      printf '%s\n' "$millis $grown" >&"${opened[$log]}"
      size[$container]=$grown told[$container]=$millis again[$container]=1
      ((lines[$container] += 1))
    fi
  done < <(stat -c '%s %n' -- "${!opened[@]}" 2>/dev/null)
  for fd in "${opened[@]}"; do
    exec {fd}>&-
  done
  for container in "${containers[@]}"; do
    if ((${lines[$container]:-0} > most_times)); then
      thin_times "$container"
    fi
  done
}

# Every second line goes, the last one stays. Should the container's end have come in between, the
# last word was lost with the old file and is said again.
thin_times() { # CONTAINER
  mapfile -t words <"logs/$1.times"
  kept=()
  for ((i = (${#words[@]} - 1) % 2; i < ${#words[@]}; i += 2)); do
    kept+=("${words[i]}")
  done
  lines[$1]=${#kept[@]}
  printf '%s\n' "${kept[@]}" >"logs/$1.times.thin" &&
    mv -f -- "logs/$1.times.thin" "logs/$1.times"
  if [[ ! -s state/$1.group ]]; then
    now
    printf '%s\n' "$millis $(stat -c %s -- "logs/$1.log")" >>"logs/$1.times"
  fi
}

# The last line; with it the time of the end, into MILLIS.
close_times() { # CONTAINER
  : >"state/$1.group"
  now
  [[ -s logs/$1.log ]] || return
  grown=$(stat -c %s -- "logs/$1.log")
  set -C
  if { printf '%s\n' "$millis $grown" >"logs/$1.times"; } 2>/dev/null; then
    set +C
    return
  fi
  set +C
  mapfile -t words <"logs/$1.times"
  now
  last_time=0 last_size=0
  if ((${#words[@]} > 0)); then
    read -r last_time last_size <<<"${words[${#words[@]} - 1]}"
  fi
  if ((last_size < grown)); then
    words+=("$((millis > last_time ? millis : last_time)) $grown")
  fi
  printf '%s\n' "${words[@]}" >"logs/$1.times.part" &&
    mv -f -- "logs/$1.times.part" "logs/$1.times"
}

# ---- one container

# Waits for its container alone, so the end of each is told when it happens (bash 4.2 has no
# "wait -n"), and starts it again if that is what the pod says.
supervise() { # CONTAINER POLICY
  exec {alive}>&-
  child='' pause='' restarts=0 delay=0
  trap on_term_supervisor TERM
  if told_to_end; then
    not_begun "$1"
    exit 143
  fi
  if { read -r restarts _ <"state/$1.started"; } 2>/dev/null; then
    put_aside "$1"
    ((restarts += 1))
  fi
  run_once "$1"
  while restart_is_due "$2"; do
    back_off "$1"
    told_to_end && break
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
  ! told_to_end
}

# As the kubelet does: the first time at once, then ever later; anew after a long run. The pause is
# a process, for "wait" alone is cut short by a signal.
back_off() { # CONTAINER
  if ((millis - started >= 2 * longest_delay)); then
    delay=0
  fi
  if ((delay > 0)); then
    printf -v seconds '%d.%03d' "$((delay / 1000))" "$((delay % 1000))"
    set -m
    sleep "$seconds" >/dev/null 2>&1 &
    pause=$!
    set +m
    record "state/$1.pause" "$pause"
    if told_to_end; then
      kill -TERM -- "-$pause" 2>/dev/null
    fi
    wait "$pause"
    : >"state/$1.pause"
    pause=''
  fi
  delay=$((delay == 0 ? first_delay : 2 * delay))
  if ((delay > longest_delay)); then
    delay=$longest_delay
  fi
}

# A container begins anew, in empty folders and with an empty log; what the last run said is kept.
put_aside() { # CONTAINER
  chmod -R u+rwX -- "work/$1" 2>/dev/null
  rm -rf -- "work/$1" "logs/$1.previous.times"
  mkdir -- "work/$1"
  for word in log times; do
    if [[ -e logs/$1.$word ]]; then
      mv -f -- "logs/$1.$word" "logs/$1.previous.$word"
    fi
  done
}

# "set -m" gives the container a process group of its own.
run_once() { # CONTAINER
  timers='' seconds_running=''
  now
  started=$millis
  record "state/$1.started" "$restarts $started"
  tell started "$1" "$restarts" 0
  set -m
  run_container "$1" </dev/null >>"logs/$1.log" 2>&1 &
  child=$!
  set +m
  record "state/$1.group" "$child"
  if told_to_end; then
    end_container
  fi
  # A trap cuts "wait" short; asking again gives the child's own status, for bash remembers it.
  while :; do
    interrupted=''
    wait "$child"
    code=$?
    [[ $interrupted ]] || break
  done
  # What the main process left behind ends with it, as in a PID namespace.
  kill -KILL -- "-$child" 2>/dev/null
  child=''
  if [[ $timers ]]; then
    # shellcheck disable=SC2086 # process groups, split on purpose
    kill -KILL -- $timers 2>/dev/null
  fi
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
      kind=unstarted
      message=FATAL:${last_words#*FATAL:}
    fi
  fi
  record "state/$1.exited" "$restarts $started $code $millis${message:+$'\n'$message}"
  tell "$kind" "$1" "$restarts" "$code"
}

refuse() { # CONTAINER MESSAGE
  printf '%s\n' "$2" >"state/$1.refused"
  exit 128
}

run_container() { # CONTAINER
  trap - TERM
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

# A plain process sees the pod's variables and this base, nothing else of the job's environment.
run_as_process() { # CONTAINER
  words=("PATH=$PATH" "HOME=${HOME-/}" "HOSTNAME=$HOSTNAME")
  for word in USER LOGNAME CUDA_VISIBLE_DEVICES ROCR_VISIBLE_DEVICES; do
    if [[ ${!word+set} ]]; then
      words+=("$word=${!word}")
    fi
  done
  runner_env=("${words[@]}" "${runner_env[@]}")
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
  runner_argv+=("${runner_args[@]}")
  cd -- "${runner_cwd:-work/$1}" || refuse "$1" "cannot enter the working directory $runner_cwd"
  launch
}

run_in_apptainer() { # CONTAINER
  runner_verb="exec"
  if ((${#runner_argv[@]} == 0)); then
    runner_verb=run
  fi
  words_of "containers/$1/hostpaths"
  for ((i = 0; i + 1 < ${#words[@]}; i += 2)); do
    is_host_path "${words[i]}" "${words[i + 1]}" ||
      refuse "$1" "hostPath type check failed: ${words[i + 1]} is not there as ${words[i]}"
  done
  words_of "containers/$1/mounts"
  runner_mounts=()
  for ((i = 0; i + 2 < ${#words[@]}; i += 3)); do
    mount_option "${words[i]}" "${words[i + 1]}" "${words[i + 2]}" || refuse "$1" "no ${words[i]}"
  done
  # A private home and /tmp in the job directory: those that Apptainer makes itself hold 64 MiB.
  words_of "containers/$1/root"
  runner_root=(--writable-tmpfs --workdir "$PWD/work/$1")
  if [[ ${words[0]} == ro ]]; then
    runner_root=(--no-home --no-mount "tmp,home")
  fi
  words_of "containers/$1/image"
  # Without --no-eval a shell would evaluate arguments and environment.
  runner_argv=("${runtime_command[@]:0:1}" -s "$runner_verb"
    --containall --no-eval "${runner_root[@]}" --pwd "${runner_cwd:-/}" "${runtime_command[@]:1}"
    "${runner_pod_options[@]}" "${runner_mounts[@]}" "${words[0]}" "${runner_argv[@]}" "${runner_args[@]}")
  words=()
  for word in CUDA_VISIBLE_DEVICES ROCR_VISIBLE_DEVICES; do
    if [[ ${!word+set} ]]; then
      words+=("APPTAINERENV_$word=${!word}")
    fi
  done
  runner_env=("${words[@]}" "${runner_env[@]/#/APPTAINERENV_}")
  # Apptainer itself keeps the account's environment (proxies, cache directory), the container
  # gets none of it.
  while IFS= read -r word; do
    case $word in
      TERM | APPTAINERENV_* | SINGULARITYENV_*) export -n "${word?}" ;;
    esac
  done < <(compgen -e)
  launch
}

# What is to be made is made, with the modes that the kubelet gives it.
is_host_path() { # TYPE PATH
  case $1 in
    any) [[ -e $2 ]] ;;
    DirectoryOrCreate) [[ -d $2 ]] || { mkdir -p -- "$2" && chmod 755 -- "$2"; } ;;
    Directory) [[ -d $2 ]] ;;
    FileOrCreate) [[ -f $2 ]] || { [[ ! -e $2 ]] && : >"$2" && chmod 644 -- "$2"; } ;;
    File) [[ -f $2 ]] ;;
    Socket) [[ -S $2 ]] ;;
    CharDevice) [[ -c $2 ]] ;;
    BlockDevice) [[ -b $2 ]] ;;
    *) return 1 ;;
  esac
}

# A source without a slash before it is in the job's folder. The option is a line of CSV: a field with
# a comma or a quote stands in quotes.
mount_option() { # SOURCE DESTINATION ro|rw
  if [[ ! -e $1 ]]; then
    mkdir -p -- "$1" || return
  fi
  runner_mount=$1
  [[ $1 == /* ]] || runner_mount=$PWD/$1
  runner_mount="type=bind,$(csv "src=$runner_mount"),$(csv "dst=$2")"
  if [[ $3 == ro ]]; then
    runner_mount+=,ro
  fi
  runner_mounts+=(--mount "$runner_mount")
}

# Who the pod is to the registries, and its own names beside those that every container has of its
# machine.
find_pod_options() { # into RUNNER_POD_OPTIONS
  runner_pod_options=()
  [[ ! -e pod/auth ]] || runner_pod_options+=(--authfile "$PWD/pod/auth")
  words_of pod/hostname
  ((${#words[@]} == 0)) || runner_pod_options+=(--hostname "${words[0]}")
  words_of pod/hosts
  if ((${#words[@]} > 0)); then
    {
      echo '# Kubernetes-managed hosts file (host network).'
      cat -- /etc/hosts
      printf '\n# Entries added by HostAliases.\n'
      printf '%s\n' "${words[@]}"
    } >work/.hosts
    runner_pod_options+=(--mount "type=bind,$(csv "src=$PWD/work/.hosts"),dst=/etc/hosts")
  fi
  words_of pod/resolver
  if ((${#words[@]} > 0)); then
    write_resolver >work/.resolver
    runner_pod_options+=(--mount "type=bind,$(csv "src=$PWD/work/.resolver"),dst=/etc/resolv.conf")
  fi
}

# The machine's own first, as the kubelet has it; of resolv.conf's servers no more than it reads.
write_resolver() {
  servers=() searches=() options=()
  if [[ ${words[0]} == and && -r /etc/resolv.conf ]]; then
    mapfile -t machines </etc/resolv.conf
    words=(and "${machines[@]}" "${words[@]:1}")
  fi
  for word in "${words[@]:1}"; do
    read -r -a parts <<<"$word"
    case ${parts[0]-} in
      nameserver) servers+=("${parts[@]:1:1}") ;;
      search | domain) searches+=("${parts[@]:1}") ;;
      options) options+=("${parts[@]:1}") ;;
    esac
  done
  ((${#servers[@]} == 0)) || printf 'nameserver %s\n' "${servers[@]:0:3}"
  ((${#searches[@]} == 0)) || echo "search ${searches[*]}"
  ((${#options[@]} == 0)) || echo "options ${options[*]}"
}

csv() { # FIELD
  printf '"%s"' "${1//\"/\"\"}"
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

# ---- the pod

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

# In an earlier start of the job.
has_done_its_work() { # CONTAINER
  [[ $policy == on-failure ]] && { read -r run _ code _ <"state/$1.exited"; } 2>/dev/null && ((code == 0))
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
  # An init container is there to succeed.
  words_of pod/init
  for container in "${words[@]}"; do
    if ((job_code == 0)); then
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
  rm -f -- state/terminating state/*.group state/*.pause grace
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
cd -P -- "$1" || exit 1
pod=${PWD##*/} job=${3-}
read -r policy first_delay longest_delay <pod/restart
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
if [[ $told_early ]]; then
  : >state/terminating
fi
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
