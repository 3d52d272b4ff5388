# shellcheck shell=bash disable=SC2034
# Settings and functions of the conformance scripts. Sourced, not run.

CF_HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=testbed/kube/lib.sh
. "$CF_HERE/../lib.sh"
# shellcheck source=/dev/null
. "$TESTBED_ROOT/testbed.env"
CONFORMANCE_ROOT=${CONFORMANCE_ROOT:-$KUBE_TESTBED_ROOT/conformance} # binaries, reports
CF_BIN=$CONFORMANCE_ROOT/bin
CF_TABLE=$CONFORMANCE_ROOT/out/table.tsv # of the latest run: state, seconds, file, name, reason

say() { printf '%s conformance: %s\n' "$(date +%T)" "$*" >&2; }

# cf_build PROGRAM COMMAND...: runs COMMAND, whose -o means PROGRAM, here, unless that was done with these sources.
cf_build() {
  local out=$CF_BIN/$1 stamp
  shift
  stamp=$(cat "$CF_HERE"/go.mod "$CF_HERE"/go.sum "$CF_HERE"/*.go | sha256sum)
  if [ -x "$out" ] && [ "$(cat "$out.stamp" 2>/dev/null)" = "$stamp" ]; then return 0; fi
  "$CF_HERE/../tools.sh" go
  mkdir -p "$CF_BIN"
  say "building ${out##*/} (minutes the first time)"
  (cd "$CF_HERE" && CGO_ENABLED=0 nice "${@/#-o/-o=$out}") || die "the build of ${out##*/} failed"
  echo "$stamp" >"$out.stamp"
}
