# capacity: BACKEND [SINFO_OPTION...]
shift
sinfo -h -a -N -o '%N|%c|%m|%G|%t' "$@" || exit "$no_answer"
