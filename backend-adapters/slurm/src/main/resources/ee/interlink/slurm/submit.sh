# submit: BACKEND POD ACCOUNTING SBATCH_OPTION...; reads the job's files as a tar stream.
pod=$2 accounting=$3 refused=76
shift 3
job=$backend/$pod

if ! mkdir -- "$job" 2>/dev/null; then
  [[ -d $backend/spool ]] || mkdir -p -- "$backend/spool" || exit "$no_folder"
  mkdir -- "$job" 2>/dev/null || [[ -d $job ]] || exit "$no_folder"
  earlier=1
fi
[[ -d $backend/spool ]] || mkdir -p -- "$backend/spool" || exit "$no_folder"
lock "$pod"
if [[ $earlier ]]; then
  find_job "$pod" "$accounting"
  if [[ $id ]]; then
    printf '%s\n' "$id" >"$job/job-id"
    printf 'job %s\n' "$id"
    exit
  fi
fi

tar -x -p -o -f - -C "$job" || exit "$no_folder"

# Slurm hands the environment of sbatch on to the job, so sbatch gets nothing but this.
variables=("PATH=$PATH" "HOME=$HOME" "USER=$USER" "LOGNAME=${LOGNAME-$USER}" LANG=C.UTF-8)
[[ ${SLURM_CONF+set} ]] && variables+=("SLURM_CONF=$SLURM_CONF")
id=$(exec env -i "${variables[@]}" sbatch --parsable --chdir="$job" --output="$job/runner.log" \
  "$@" "$job/pod-runner.sh" "$job" </dev/null) || exit "$refused"
id=${id%%;*}
[[ $id == +([0-9]) ]] || {
  printf 'not a job id: %s\n' "${id:0:80}" >&2
  exit "$no_answer"
}
# One small write and checked when read: half of it is the same as none.
printf '%s\n' "$id" >"$job/job-id"
printf 'job %s\n' "$id"
