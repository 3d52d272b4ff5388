# shellcheck shell=bash disable=SC2034,SC2154,SC2317 # a part of one script, PodRunner.java joins them
#
# How a container comes to its image: before its run, and once for all jobs of the account. Images
# are kept beside the jobs' folders. A job that has none beside it, because it has its machine's
# scratch alone, has them there, and then what Apptainer itself keeps in the account's home spares it
# the way to the registry.

# What SpoolEntry.java calls these numbers.
pulling=0 pull_failed=1 backing_off=2 not_present=3 invalid_name=4

# How long an image is kept that no job has asked for.
image_days=30

# Has the image for a run, in RUNNER_IMAGE; fails once the pod is told to end.
fetch_image() { # CONTAINER RUN
  [[ $runtime == apptainer ]] || return 0
  words_of "containers/$1/image"
  image=${words[0]} pull=${words[1]} stored=../images/${words[2]}-$HOSTTYPE
  attempts=0 image_delay=$first_delay
  while ! is_over; do
    image_is_at_hand "$1" && return
    case $image in
      /* | ./*) why_not "$image is not there" ;;
      *) if [[ $pull != never ]] && pull_image "$1" "$2"; then return; fi ;;
    esac
    is_over && break
    if [[ $pull == never ]]; then
      ((attempts > 0)) || tell_image "$1" "$2" "$not_present" ''
      rest "$1" "$image_delay"
    elif is_never_a_name; then
      tell_image "$1" "$2" "$invalid_name" "$why"
      aside "$1" sleep infinity
      break
    else
      tell_image "$1" "$2" "$pull_failed" "$why"
      rest "$1" $((image_delay / 2))
      is_over && break
      tell_image "$1" "$2" "$backing_off" "$why"
      rest "$1" $((image_delay - image_delay / 2))
    fi
    ((attempts += 1))
    image_delay=$((2 * image_delay > longest_delay ? longest_delay : 2 * image_delay))
  done
  return 1
}

# A path is used as it is. Of all else the job has a link of its own: a name that goes, or that gets
# another file, takes nothing away from a container, on NFS neither.
image_is_at_hand() { # CONTAINER
  case $image in
    /* | ./*)
      runner_image=$image
      [[ -e $image ]]
      return
      ;;
  esac
  runner_image=$PWD/work/.$1.sif
  [[ $pull != always ]] && { [[ -e $runner_image ]] || link_image "$1"; }
}

# Where there are no links it is the name itself.
link_image() { # CONTAINER
  runner_image=$PWD/work/.$1.sif
  [[ $stored.sif -ef $runner_image ]] || ln -f -- "$stored.sif" "$runner_image" 2>/dev/null || {
    runner_image=$PWD/$stored.sif
    [[ -e $runner_image ]]
  }
}

# That it is being pulled is said once: later what was last said stands until there is another word.
pull_image() { # CONTAINER RUN; the reason for a failure is in WHY
  mkdir -p -- ../images
  begun=0
  { read -r begun <"$stored.begun"; } 2>/dev/null
  ((attempts > 0)) || tell_image "$1" "$2" "$pulling" ''
  : >"work/.$1.words"
  aside "$1" pull_in_turn "work/.$1.words" "../images/new-$pod-$1"
  pulled=$?
  rm -rf -- "../images/new-$pod-$1"
  why_not "$(tail -c 1000 -- "work/.$1.words" 2>/dev/null | tr -d '\0')"
  ((pulled == 0)) && link_image "$1"
}

why_not() { # WORDS: Apptainer's last ones, else all
  why=${1##*FATAL:}
  why=${why#"${why%%[![:space:]]*}"}
  why=${why:-no word of why}
}

# One at a time for each image. Without such a lock, on a file system that has none, images are pulled
# more often than need be, and nothing worse: each goes into a folder of its own, and into its place by
# a rename. The lock ends with the process that has it, so none is ever stale, nor its age to be
# guessed.
#
# A pull that began after ours was wished for is as good as ours, however it ended. So of any number
# that wait, for however long, one more pulls.
pull_in_turn() { # WORDS FOLDER
  trap - TERM
  number=0 status=1
  exec {lock}>>"$stored.lock" && flock "$lock" 2>/dev/null
  { read -r number status <"$stored.ended"; } 2>/dev/null
  if ((number > begun)); then
    tail -n +2 -- "$stored.ended" >"$1"
    exit "$status"
  fi
  if [[ $pull != always && -e $stored.sif ]]; then
    exit 0
  fi
  number=0
  { read -r number <"$stored.begun"; } 2>/dev/null
  record "$stored.begun" $((number + 1))
  ask_registry "$1" "$2"
  status=$?
  record "$stored.ended" "$((number + 1)) $status"$'\n'"$(<"$1")"
  exit "$status"
}

# Of the options for a container only these mean something to a pull.
ask_registry() { # WORDS FOLDER
  words=("${runtime_command[0]}" -s pull)
  for word in "${runtime_command[@]:1}"; do
    case $word in
      --no-https | --nohttps | --disable-cache | --docker-host=*) words+=("$word") ;;
    esac
  done
  [[ ! -e pod/auth ]] || words+=(--authfile "$PWD/pod/auth")
  rm -rf -- "$2"
  mkdir -- "$2" || return
  # Two builds of one image are told apart by what this variable would make the same.
  (umask "$account_umask" && unset -v SOURCE_DATE_EPOCH &&
    exec "${words[@]}" "$2/image.sif" "$image") >"$1" 2>&1 || return
  if ! is_same_build "$2/image.sif" "$stored.sif"; then
    mv -f -- "$2/image.sif" "$stored.sif" 2>>"$1" || return
    forget_old_images
  fi
}

# The beginning of a SIF has the number of its build, and Apptainer gives out again what it has
# built. One file for all jobs of a build: each may be gigabytes.
is_same_build() { # FILE FILE
  [[ -e $2 && $(stat -c %s -- "$1") == "$(stat -c %s -- "$2")" &&
    $(head -c 65536 -- "$1" | sha256sum) == "$(head -c 65536 -- "$2" | sha256sum)" ]]
}

# A link more, or one less, is a change; and who runs it has one.
forget_old_images() {
  printf -v today '%(%s)T' -1
  while read -r links changed file; do
    case $file in
      *.sif) ((links > 1 || today - changed < image_days * 86400)) ;;
      *) ((today - changed < 86400)) ;;
    esac || rm -rf -- "$file"
  done < <(stat -c '%h %Z %n' -- ../images/*.sif ../images/new-* 2>/dev/null)
}

# Apptainer's words for what is wrong with a reference itself.
is_never_a_name() {
  [[ $why == *'unable to parse image name'* || $why == *'invalid reference format'* ||
    $why == *'Unsupported transport type'* ]]
}

# The text is of the last such word alone.
tell_image() { # CONTAINER RUN STATE TEXT
  last=${millis:-0}
  now
  # The later one must win.
  ((millis > last)) || millis=$((last + 1))
  record "state/$1.image" "$2 $3 $millis"$'\n'"$4"
  tell image "$1" "$2" "$3"
}
