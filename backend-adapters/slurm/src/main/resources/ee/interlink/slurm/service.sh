# What the texts at the site need to know of a Slurm that is asked through slurmrestd, which is not
# asked from here: what they decide is said to whoever has called.
is_job_id() { # TEXT
  [[ $1 == +([0-9]) ]]
}

tell_runner() { # POD JOB
  printf 'tell %s %s\n' "$1" "$2"
}

end_job() { # POD JOB
  printf 'end %s %s\n' "$1" "$2"
}

end_rest() { :; }

# shellcheck disable=SC2034 # log.sh reads it
log_file() { # PATH
  file=$backend/$1
}

# See scheduler.sh; here the job's output lies beside its folder, which it makes itself.
is_out_of_memory() { # POD
  [[ $(tail -c 4000 -- "$backend/output/$1.log" 2>/dev/null) == *slurmstepd*'exceeded memory limit'* ]]
}

# What a job has unpacked and not brought into place, because it was killed meanwhile, goes too.
forget_job() { # POD
  rm -rf -- "$backend/output/$1.log" "$backend/incoming/$1".*
}
