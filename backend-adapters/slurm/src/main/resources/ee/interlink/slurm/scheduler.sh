# Slurm's part of the texts that run at the site.
is_job_id() { # TEXT
  [[ $1 == +([0-9]) ]]
}

needs_variable() { # NAME
  [[ $1 == SLURM_CONF ]]
}

find_in_scheduler() { # POD yes|no|auto
  id=$(squeue -h -a --states=all --me --name="$1" -o %i) || exit "$no_answer"
  if [[ ! $id && $2 != no ]]; then
    id=$(sacct -n -P -X -S now-30days --name="$1" -o JobIDRaw) || {
      [[ $2 == auto ]] || exit "$no_answer"
      id=''
    }
  fi
}

# A job may be started once more: then its runner asks Slurm's variable whether it is the same one.
submit_job() { # POD SBATCH_OPTION...
  local job=$backend/$1 said status id
  said=$(exec sbatch --parsable --chdir="$job" --output="$job/runner.log" "${@:2}" \
    "$runner" "$job" 75 \$SLURM_JOB_ID </dev/null 2>&1)
  status=$?
  over "$1"
  if ((status != 0)); then
    answer "$1" refused "$said"
    return
  fi
  # The id is the last line; what comes before it are warnings.
  id=${said##*$'\n'}
  id=${id%%;*}
  if is_job_id "$id"; then
    has_job "$1" "$id"
  else
    answer "$1" unknown "not a job id: $said"
  fi
}

# Each pod has had its own sbatch.
submit_rest() { :; }

# How often a job was started again is told in the long form only, which has columns. The name has more
# than any of ours needs, so that a longer one is not cut into one of ours.
ask_queue() {
  squeue -h -a --states=all --me \
    -O JobID:20,Name:66,State:40,RestartCnt:12,exit_code:12,Comment:400,Reason:0
}

ask_accounting() { # ACCOUNTING JOB,JOB...
  sacct -n -P -X --delimiter=$'\037' -j "$2" -o JobIDRaw,JobName,State,ExitCode
}

ask_capacity() { # [SINFO_OPTION...]
  # sinfo refuses --all beside a partition, and needs it without: hidden partitions count too.
  (($#)) || set -- -a
  sinfo -h -N -o '%N|%c|%m|%G|%t|%C|%l|%f' "$@" || return
  # What jobs have of memory and GPUs is told in the long form only. A sinfo that does not know it
  # costs us what is free, not what there is. A width of 0 cuts nothing off.
  sinfo -h -N -O NodeList:128,AllocMem:20,GresUsed:0 "$@" 2>/dev/null || :
}

tell_runner() { # POD JOB
  end_by_scancel "$1" "$2" -b -s TERM
}

end_job() { # POD JOB
  end_by_scancel "$1" "$2"
}

# One by one, since scancel takes one name, and with more than one id it asks for the whole queue.
end_rest() { :; }

# The name goes with the id, for ids are used again.
end_by_scancel() { # POD JOB SCANCEL_OPTION...
  local said
  said=$(scancel "${@:3}" --name="$1" "$2" 2>&1 </dev/null) && return
  case $said in
    *'Invalid job id'* | *'already completing or completed'*) ;;
    *)
      printf '%s\n' "$said" >&2
      exit "$no_answer"
      ;;
  esac
}

# shellcheck disable=SC2034 # log.sh reads it
log_file() { # PATH
  file=$backend/$1
}

# A Slurm without cgroups kills a job for its memory as anybody could. Why, it writes into the job's
# output, and nowhere else.
is_out_of_memory() { # POD
  [[ $(tail -c 4000 -- "$backend/$1/runner.log" 2>/dev/null) == *slurmstepd*'exceeded memory limit'* ]]
}

# Slurm keeps nothing of an ended job's files.
forget_job() { :; }
