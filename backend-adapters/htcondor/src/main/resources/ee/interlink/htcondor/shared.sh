# The way to the schedd of the host of the commands, as one of its accounts, with a directory that the
# execute nodes share.
pool=() there=() submitting=() whose='' everyone=()

drop_half_submitted() { :; }

may_submit() { :; }

# One value in the new syntax of arguments and environment (condor_submit, "arguments").
quoted() { # TEXT
  local text=${1//\'/\'\'}
  text=${text//\"/\"\"}
  printf "'%s'" "${text//\$/\$(DOLLAR)}"
}

# The job's folder is the same one here and where the job runs.
# shellcheck disable=SC2016 # $(...) is a macro of the description, not a command.
describe_place() {
  local name environment=''
  for name in PATH HOME USER LOGNAME LANG; do
    environment+="$name=$(quoted "${!name-}") "
  done
  printf '%s' 'executable = /bin/bash
should_transfer_files = NO
leave_in_queue = (JobStatus == 3 || JobStatus == 4) && (RemoteHost isnt undefined || time() - EnteredCurrentStatus < 300)
'
  printf 'environment = "%s"\n' "$environment"
  printf 'initialdir = %s/$(pod)\n' "$backend"
  printf 'output = %s/$(pod)/runner.log\n' "$backend"
  printf 'error = %s/$(pod)/runner.log\n' "$backend"
  printf "arguments = \"%s '%s/\$(pod)' 75 \$(ClusterId).\$(ProcId)\"\n" "$(quoted "$kept_runner")" "$backend"
}

clear_sent() { :; }

ask_queue() { # BACKEND
  with_attributes condor_q "${there[@]}" "${everyone[@]}" \
    -constraint "InterlinkBackend == \"$1\"$whose"
}

# shellcheck disable=SC2034 # log.sh reads it
log_file() { # PATH
  file=$backend/$1
}

forget_job() { :; }

# The runner finds it in its folder.
tell_grace() { :; }
