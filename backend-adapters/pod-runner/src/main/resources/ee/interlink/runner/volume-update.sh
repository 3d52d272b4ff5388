# shellcheck shell=bash
#
# update: BACKEND ARRIVALS POD...: newer files for the volumes of jobs; reads folders
# ARRIVALS/POD/VOLUME/..MILLIS-DIGEST and ARRIVALS/.whole as a tar stream. Answers a line for each
# pod: done, later or never, and the pod. Runs beside the job directories, not inside a job; needs
# bash 4.2 and coreutils.
umask 077
shopt -s nullglob dotglob
export LC_ALL=C
backend=${backend-$1}
arrivals=$backend/incoming/$2
shift 2

# What has not come into its place does not stay: it may be secret.
trap 'rm -rf -- "$arrivals"' EXIT
mkdir -p -- "$backend/incoming" && tar -x -p -o -f - -C "$backend/incoming" &&
  [[ -e $arrivals/.whole ]] || exit 78

# One rename shows all of a volume's new files. The version before stays until the next: another
# machine of a shared file system may take ..data for a while yet for what it was.
put_version() { # FOLDER_OF_THE_NEW_VERSION VOLUME
  local new=${1##*/} volume=$2 old name version
  old=$(readlink -- "$volume/..data") || return
  if [[ ${old#*-} == "${new#*-}" ]]; then
    new=$old # the very same files
  elif [[ $old > $new ]]; then
    return 0 # late: something newer is here
  elif [[ -d $volume/$new ]]; then
    : # by an earlier try, and whole, for it came by a rename
  else
    mv -T -- "$1" "$volume/$new" || return
  fi
  if [[ $new != "$old" ]]; then
    ln -sfn -- "$new" "$volume/..data.part" && mv -fT -- "$volume/..data.part" "$volume/..data" || return
  fi
  for name in "$volume/$new"/*; do
    [[ -L $volume/${name##*/} ]] || ln -s -- "..data/${name##*/}" "$volume/${name##*/}" || return
  done
  for name in "$volume"/*; do
    case ${name##*/} in
      ..data | "$new") ;;
      ..*)
        version=${name##*/}
        [[ $version == "$old" || $new == "$old" ]] || rm -rf -- "$name"
        ;;
      *) [[ -e $volume/$new/${name##*/} ]] || rm -f -- "$name" ;;
    esac
  done
}

update_pod() { # POD
  local job=$backend/$1 folder volume word='done'
  [[ -d $job/volumes && ! -e $job/state/ended ]] || word=never
  for folder in "$arrivals/$1"/*; do
    volume=$job/volumes/${folder##*/}
    # Not there: the job has ended. Without ..data: it began before there were versions.
    if [[ $word != never && -L $volume/..data ]]; then
      put_version "$folder"/..[0-9]* "$volume" || word=later
    else
      word=never
    fi
  done
  # Its end removes the containers' files first and the volumes after them. If the end had begun, it
  # may not have seen what we brought.
  if [[ ! -d $job/containers ]]; then
    word=never
    while IFS= read -r -d '' folder; do
      [[ $folder != volumes/* ]] || rm -rf -- "${job:?}/$folder"
    done <"$job/pod/remove"
  fi 2>/dev/null
  printf '%s %s\n' "$word" "$1"
}

printf 'interlink update\n'
for pod; do
  update_pod "$pod"
done
