# shellcheck shell=bash disable=SC2034,SC2154,SC2317 # a part of one script, PodRunner.java joins them
#
# How a container is run by Apptainer.

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
    runner_mount=${words[i]}
    if [[ ${words[i + 2]} == fixed ]]; then
      keep_as_it_is "$1" "$i" || refuse "$1" "no ${words[i]}"
    fi
    mount_option "$runner_mount" "${words[i + 1]}" "${words[i + 2]}" || refuse "$1" "no ${words[i]}"
  done
  read_message_path "$1"
  # A private home and /tmp in the job directory: those that Apptainer makes itself hold 64 MiB.
  words_of "containers/$1/root"
  runner_root=(--writable-tmpfs --workdir "$PWD/work/$1")
  if [[ ${words[0]} == ro ]]; then
    runner_root=(--no-home --no-mount "tmp,home")
  fi
  # The account by another number, in a user namespace of this account's own.
  [[ ! ${words[1]-} ]] || runner_root+=(--security "uid:${words[1]}")
  [[ ! ${words[2]-} ]] || runner_root+=(--security "gid:${words[2]}")
  # Without --no-eval a shell would evaluate arguments and environment.
  runner_argv=("${runtime_command[@]:0:1}" -s "$runner_verb"
    --containall --no-eval "${runner_root[@]}" --pwd "${runner_cwd:-/}" "${runtime_command[@]:1}"
    "${runner_pod_options[@]}" "${runner_mounts[@]}" "$runner_image" "${runner_argv[@]}" "${runner_args[@]}")
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

# The usual place is in Apptainer's own /dev: see hold_dev.
read_message_path() { # CONTAINER
  words_of "containers/$1/message"
  : >"work/.$1.message"
  if [[ ${words[1]-} == /* && ${words[1]} != /dev/* ]]; then
    mount_option "work/.$1.message" "${words[1]}" rw
  fi
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

# What is mounted alone stays for this container as it is now, whatever newer version of its volume
# comes: its files get a second name that nobody removes. Where a file system has no such names, copies.
# Not in work/CONTAINER, where modes are changed before it is emptied.
keep_as_it_is() { # CONTAINER NUMBER; of RUNNER_MOUNT, and into it
  runner_fixed=work/.fixed-$1-$2
  rm -rf -- "$runner_fixed"
  if [[ -e $runner_mount ]]; then
    cp -a -l -T -- "$runner_mount" "$runner_fixed" 2>/dev/null ||
      cp -a -T -- "$runner_mount" "$runner_fixed" || return
  fi
  runner_mount=$runner_fixed
}

# A source without a slash before it is in the job's folder. The option is a line of CSV: a field with
# a comma or a quote stands in quotes.
mount_option() { # SOURCE DESTINATION rw|ro|fixed
  if [[ ! -e $1 ]]; then
    make_sub_path "$1" || return
  fi
  runner_mount=$1
  [[ $1 == /* ]] || runner_mount=$PWD/$1
  runner_mount="type=bind,$(csv "src=$runner_mount"),$(csv "dst=$2")"
  if [[ $3 != rw ]]; then
    runner_mount+=,ro
  fi
  runner_mounts+=(--mount "$runner_mount")
}

# The pod's own names beside those that every container has of its machine.
find_pod_options() { # into RUNNER_POD_OPTIONS
  runner_pod_options=()
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
