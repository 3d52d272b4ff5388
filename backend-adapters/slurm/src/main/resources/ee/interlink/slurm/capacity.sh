# capacity: BACKEND [SINFO_OPTION...]
shift
# sinfo refuses --all beside a partition, and needs it without: hidden partitions count too.
(($#)) || set -- -a
sinfo -h -N -o '%N|%c|%m|%G|%t' "$@" || exit "$no_answer"
