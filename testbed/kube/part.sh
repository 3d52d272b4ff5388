#!/bin/bash
# One component of a running testbed, to break it on purpose and to mend it: etcd, apiserver, controller-manager, scheduler.
#   part.sh stop|kill COMPONENT      ends it, politely or as a crash would; the others stay
#   part.sh start COMPONENT          as it was before, flags and all, and waits until it is ready
#   part.sh pause|resume COMPONENT   its process keeps its connections and says nothing
#   part.sh pid COMPONENT
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() { sed -n '2,/^set/s/^#//p' "${BASH_SOURCE[0]}" >&2; exit 2; }

[ $# -eq 2 ] || usage
act=$1 name=$2
memory=$TB_STATE/$name.command # its arguments, each with a NUL behind it
case $name in etcd | apiserver | controller-manager | scheduler) ;; *) usage ;; esac
[ -d "$TB_STATE" ] || die "nothing at $KUBE_TESTBED_ROOT"

pid() { kb_pid "$name" || die "$name is down"; }

# end SIGNAL: a process that is stopped, by pause, hears KILL alone.
end() {
  local pid i
  pid=$(pid)
  cp "/proc/$pid/cmdline" "$memory"
  kill -CONT "$pid"
  kill "-$1" "$pid"
  for i in $(seq 100); do
    kb_pid "$name" >/dev/null || return 0
    # An API server waits for open requests, watches among them.
    [ "$i" != 50 ] || kill -KILL "$pid" 2>/dev/null || true
    sleep 0.1
  done
  die "$name (pid $pid) is still there"
}

start() {
  local pid command
  if ! kb_pid "$name" >/dev/null; then
    [ -s "$memory" ] || die "only what part.sh has stopped can be started so; up.sh starts the rest"
    mapfile -d '' command <"$memory"
    GOGC=$KUBE_TESTBED_GOGC setsid "${command[@]}" </dev/null >>"$KB_LOG/$name.log" 2>&1 9>&- &
    pid=$!
    until [ "$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null)" = "$(tr '\0' ' ' <"$memory")" ]; do
      kill -0 "$pid" 2>/dev/null || die "$name did not start; see $KB_LOG/$name.log"
      sleep 0.02
    done
    tb_identity "$pid" >"$TB_STATE/$name.pid"
  fi
  for _ in $(seq 600); do
    kb_pid "$name" >/dev/null || die "$name has ended; see $KB_LOG/$name.log"
    if kb_healthy "$name"; then return 0; fi
    sleep 0.1
  done
  die "$name is not ready after a minute; see $KB_LOG/$name.log"
}

case $act in
  pid) pid ;;
  pause) kill -STOP "$(pid)" ;;
  resume) kill -CONT "$(pid)" ;;
  stop) tb_lock; end TERM ;;
  kill) tb_lock; end KILL ;;
  start) tb_lock; start ;;
  *) usage ;;
esac
