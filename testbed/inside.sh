#!/bin/bash
# inside.sh [-u USER] [-j JAVA_HOME] [-b FOLDER]... CMD...: runs a program of this machine where it
# finds the testbed's commands and files as its own: the testbed's root folder is its root, and this
# machine's folders FOLDER, JAVA_HOME and the present one are in it under their own names. It stays
# a process of this machine: its pid is that of inside.sh, and a signal or a look at /proc reaches it.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
words=("$@") user=root folders=("$PWD")
while getopts u:j:b: option; do
  case $option in
    u) user=$OPTARG ;;
    b) folders+=("$OPTARG") ;;
    j)
      folders+=("$OPTARG")
      # Distributions keep a JDK's configuration elsewhere.
      while IFS= read -r target; do
        [ ! -e "$target" ] || folders+=("$(dirname "$target")")
      done < <(find "$OPTARG/conf" "$OPTARG/lib" -type l -exec readlink -f {} + | sort -u)
      ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || { echo 'usage: inside.sh [-u USER] [-j JAVA_HOME] [-b FOLDER]... CMD...' >&2; exit 2; }

if [ "${TB_INSIDE:-}" != yes ]; then
  tb_init_pid >/dev/null || die "the testbed is not up"
  # What is mounted from here on nobody else sees, and it goes with the program.
  TB_INSIDE=yes exec unshare --mount --uts -- "${BASH_SOURCE[0]}" "${words[@]}"
fi
hostname testbed
mount --rbind /proc "$TB_ROOT/proc"
mount --rbind /dev "$TB_ROOT/dev"
while IFS= read -r folder; do
  case $folder in /proc | /proc/* | /dev | /dev/*) continue ;; esac
  mkdir -p "$TB_ROOT$folder"
  mount --bind "$folder" "$TB_ROOT$folder"
done < <(printf '%s\n' "${folders[@]}" | sort -u)
home=$(chroot "$TB_ROOT" getent passwd "$user" | cut -d : -f 6)
# shellcheck disable=SC2016 # the inner shell's
exec chroot "$TB_ROOT" /usr/bin/env -u TB_INSIDE HOME="$home" USER="$user" LOGNAME="$user" \
  PATH=/usr/local/bin:/usr/bin:/usr/sbin LANG=C.UTF-8 \
  setpriv --reuid="$user" --regid="$user" --init-groups \
  sh -c 'cd "$0" && exec "$@"' "$PWD" "$@"
