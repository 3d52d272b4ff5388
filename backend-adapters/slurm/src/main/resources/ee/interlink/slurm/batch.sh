# Goes behind BACKEND, POD and the functions runner and files, which say what is in a pod's folder as
# compressed tars in base64. Slurm may start the job more than once: the folder that is there stays, and the runner finds
# what it has done.
job=$backend/$pod
unpack() {
  local part=$backend/incoming/$pod.$SLURM_JOB_ID archive
  umask 077
  mkdir -p -- "$backend/spool" "$backend/incoming" || return
  rm -rf -- "$part"
  mkdir -- "$part" || return
  for archive in runner files; do
    "$archive" | base64 -d | tar -x -z -p -o -f - -C "$part" || return
  done
  # Onto a folder that is there it fails, as it shall.
  mv -T -- "$part" "$job" 2>/dev/null
  rm -rf -- "$part"
  [[ -d $job ]]
}
if [[ ! -d $job ]]; then
  (unpack) || {
    printf 'the files of pod %s cannot be put into %s\n' "$pod" "$backend" >&2
    exit 1
  }
fi

# The account's: no login has set them.
USER=$(id -un) HOME=$(getent passwd "$(id -u)" | cut -d : -f 6)
export USER HOME LOGNAME=$USER
cd -- "$job" || exit 1
# A job may be started once more: then its runner asks Slurm's variable whether it is the same one.
# shellcheck disable=SC2016 # the runner looks the variable up
exec bash "$job/pod-runner.sh" "$job" 75 '$SLURM_JOB_ID'
