# shellcheck shell=bash disable=SC2034,SC2154,SC2317 # a part of one script, PodRunner.java joins them
#
# Volumes that begin empty: those in memory, and those that have a limit.

memory='' memory_lock='' memory_fault=''
limited=() measuring='' beats=0
declare -A most_bytes=()

set_up_volumes() {
  sweep_memory
  words_of pod/memory
  if ((${#words[@]} > 0)); then
    make_memory
  fi
  words_of pod/limits
  for ((i = 0; i + 1 < ${#words[@]}; i += 2)); do
    limited+=("volumes/${words[i]}/.")
    most_bytes[${words[i]}]=${words[i + 1]}
  done
}

# Every account may make folders in /dev/shm, and mount nothing. The lock is held by this runner and by
# the watch over it, and by nobody else: a folder that has a lock and nobody who holds it is left over.
make_memory() {
  [[ $(stat -f -c %T /dev/shm 2>/dev/null) == tmpfs ]] || {
    memory_fault='a volume is to be in memory, and /dev/shm of this machine is not'
    return
  }
  memory_fault='a volume is to be in memory, and there can be no folder in /dev/shm'
  memory=$(mktemp -d /dev/shm/interlink.XXXXXXXXXX) || return
  exec {memory_lock}>"$memory/new" && flock "$memory_lock" && mv -- "$memory/new" "$memory/lock" || return
  for word in "${words[@]}"; do
    mkdir -m 777 -- "$memory/$word" && ln -sfn -- "$memory/$word" "volumes/$word" || return
  done
  memory_fault=''
}

remove_memory() {
  [[ $memory && -e $memory ]] || return 0
  chmod -R u+rwX -- "$memory" 2>/dev/null
  rm -rf -- "$memory"
}

# Nobody was left to do it for a job whose processes were all killed at once.
sweep_memory() {
  for word in /dev/shm/interlink.*; do
    [[ -O $word && -d $word && ! -L $word && -f $word/lock ]] || continue
    if exec {fd}<"$word/lock"; then
      if flock -n "$fd"; then
        chmod -R u+rwX -- "$word" 2>/dev/null
        rm -rf -- "$word"
      fi
      exec {fd}>&-
    fi
  done 2>/dev/null
}

# Once in ten seconds, beside the watch, for it may take its time.
look_at_volumes() {
  ((${#limited[@]} > 0 && ++beats % 10 == 0)) || return 0
  if [[ ! $measuring ]] || ! kill -0 "$measuring" 2>/dev/null; then
    measure_volumes </dev/null &
    measuring=$!
  fi
}

measure_volumes() {
  while read -r used volume; do
    volume=${volume#volumes/} volume=${volume%/.}
    if ((used > ${most_bytes[$volume]})); then
      evict "$volume"
      return
    fi
  done < <(du -s -B 1 -- "${limited[@]}" 2>/dev/null)
}

# The kubelet gives its containers one second, too.
evict() { # VOLUME
  { told_to_end || [[ -e state/ended ]]; } && return
  now
  record "state/$1.evicted" "$millis"
  tell evicted "$1" 0 0
  record grace 1
  kill -TERM "$$"
}

# What a subPath names and is not there is made, with the mode of the folder that it comes into.
make_sub_path() { # PATH
  parent=$1
  while [[ $parent == */* && ! -e $parent ]]; do
    parent=${parent%/*}
  done
  mode=$(stat -L -c %a -- "${parent:-/}") || return
  (
    umask "$(printf '%03o' "$((0777 & ~0$mode))")"
    mkdir -p -- "$1"
  )
}
