# shellcheck shell=bash disable=SC2004,SC2034,SC2154,SC2317 # a part of one script, PodRunner.java joins them
#
# When a container wrote what.

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
    if ((log_limit > 0 && grown > log_limit)); then
      cut_log "$container" "$grown"
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

# What was written first goes, out of the file itself: so nobody stands between a container and its log,
# and every byte that stays keeps its place. Readers begin where logs/NAME.cut says.
cut_log() { # CONTAINER SIZE
  cut=0
  { read -r cut <"logs/$1.cut"; } 2>/dev/null
  (($2 - cut > log_limit)) || return 0
  cut=$(($2 - log_limit * 4 / 5))
  # At the beginning of a line, if one is near.
  word=$(tail -c "+$((cut + 1))" -- "logs/$1.log" | head -c 65536 | head -n 1 | wc -c)
  ((word == 65536)) || ((cut += word))
  printf '%d\n' "$cut" >"logs/$1.cut.part" && mv -f -- "logs/$1.cut.part" "logs/$1.cut" || return 0
  fallocate --punch-hole --offset 0 --length "$cut" -- "logs/$1.log" || {
    echo "the log of $1 stays as long as it is, for this file system cannot shorten it"
    rm -f -- "logs/$1.cut"
    log_limit=0
  }
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
