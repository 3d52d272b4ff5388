# runtime: BACKEND APPTAINER
type -P -- "$2" >/dev/null && printf 'yes\n' || printf 'no\n'
