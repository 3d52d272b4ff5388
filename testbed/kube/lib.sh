# shellcheck shell=bash disable=SC2034
# Settings and functions of the Kubernetes testbed scripts. Sourced, not run.
# Every KUBE_TESTBED_ variable can be set in the environment.

KB_HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=testbed/lib.sh
. "$KB_HERE/../lib.sh"

KUBE_TESTBED_ROOT=${KUBE_TESTBED_ROOT:-/opt/testbed-kube}
KUBE_TESTBED_PORT=${KUBE_TESTBED_PORT:-6443}          # the API server; the next four follow from it
KUBE_TESTBED_ETCD_PORT=${KUBE_TESTBED_ETCD_PORT:-$((KUBE_TESTBED_PORT + 1))}
KUBE_TESTBED_ETCD_PEER_PORT=${KUBE_TESTBED_ETCD_PEER_PORT:-$((KUBE_TESTBED_PORT + 2))}
KUBE_TESTBED_CM_PORT=${KUBE_TESTBED_CM_PORT:-$((KUBE_TESTBED_PORT + 3))}
KUBE_TESTBED_SCHEDULER_PORT=${KUBE_TESTBED_SCHEDULER_PORT:-$((KUBE_TESTBED_PORT + 4))}
KUBE_TESTBED_BINARY=${KUBE_TESTBED_BINARY:-}          # use this binary; empty: build one
KUBE_TESTBED_PARTS=${KUBE_TESTBED_PARTS-controller-manager scheduler} # what to start beside etcd and the API server
KUBE_TESTBED_EMULATE=${KUBE_TESTBED_EMULATE:-}        # behave as an older minor version, e.g. 1.35
KUBE_TESTBED_FEATURE_GATES=${KUBE_TESTBED_FEATURE_GATES:-} # e.g. ExtendWebSocketsToKubelet=false
KUBE_TESTBED_VERIFY_KUBELET=${KUBE_TESTBED_VERIFY_KUBELET:-yes} # does the API server verify nodes' serving certificates
KUBE_TESTBED_NODE_MONITOR_PERIOD=${KUBE_TESTBED_NODE_MONITOR_PERIOD:-5s}
KUBE_TESTBED_NODE_MONITOR_GRACE=${KUBE_TESTBED_NODE_MONITOR_GRACE:-50s} # a silent node is NotReady after this
KUBE_TESTBED_QPS=${KUBE_TESTBED_QPS:-500}             # client limits of controller manager and scheduler
KUBE_TESTBED_BURST=${KUBE_TESTBED_BURST:-1000}
KUBE_TESTBED_CONTROLLERS=${KUBE_TESTBED_CONTROLLERS:-*,bootstrap-signer-controller,token-cleaner-controller}
KUBE_TESTBED_GOGC=${KUBE_TESTBED_GOGC:-100}           # GOGC of all four processes
KUBE_TESTBED_LOG_LEVEL=${KUBE_TESTBED_LOG_LEVEL:-0}
# More flags for each component, split at white space.
KUBE_TESTBED_ETCD_FLAGS=${KUBE_TESTBED_ETCD_FLAGS:-}
KUBE_TESTBED_APISERVER_FLAGS=${KUBE_TESTBED_APISERVER_FLAGS:-}
KUBE_TESTBED_CM_FLAGS=${KUBE_TESTBED_CM_FLAGS:-}
KUBE_TESTBED_SCHEDULER_FLAGS=${KUBE_TESTBED_SCHEDULER_FLAGS:-}

KB_BIN=${KUBE_TESTBED_BINARY:-$KUBE_TESTBED_ROOT/bin/kube-testbed}
KB_KUBECTL=$KUBE_TESTBED_ROOT/bin/kubectl
KB_GO=$KUBE_TESTBED_ROOT/go       # where tools.sh puts a Go, if the machine has none that will do
KB_PKI=$KUBE_TESTBED_ROOT/pki
KB_DATA=$KUBE_TESTBED_ROOT/data   # etcd's
KB_LOG=$KUBE_TESTBED_ROOT/log
TB_STATE=$KUBE_TESTBED_ROOT/state # pid files, lock (tb_lock of ../lib.sh uses it)
KB_SERVER=https://127.0.0.1:$KUBE_TESTBED_PORT
PATH=$KB_GO/bin:$PATH:/usr/local/go/bin

say() { printf '%s kube-testbed: %s\n' "$(date +%T)" "$*" >&2; }

# Prints the pid of component $1 if it is alive and really ours. A zombie, which
# the machine's first process may reap late, has no exe.
kb_pid() {
  local pid rest
  read -r pid rest 2>/dev/null <"$TB_STATE/$1.pid" || return 1
  [ -n "$pid" ] && [ "$(tb_identity "$pid")" = "$pid $rest" ] || return 1
  readlink "/proc/$pid/exe" >/dev/null || return 1
  echo "$pid"
}

# kb_get PATH: an API request as the administrator.
kb_get() {
  curl -sf --max-time 5 --cacert "$KB_PKI/ca.crt" --cert "$KB_PKI/admin.crt" --key "$KB_PKI/admin.key" "$KB_SERVER$1"
}

# kb_healthy COMPONENT
kb_healthy() {
  case $1 in
    etcd) curl -sf --max-time 5 -o /dev/null "http://127.0.0.1:$KUBE_TESTBED_ETCD_PORT/health" ;;
    apiserver) kb_get /readyz >/dev/null ;;
    controller-manager) curl -skf --max-time 5 -o /dev/null "https://127.0.0.1:$KUBE_TESTBED_CM_PORT/healthz" ;;
    scheduler) curl -skf --max-time 5 -o /dev/null "https://127.0.0.1:$KUBE_TESTBED_SCHEDULER_PORT/readyz" ;;
  esac
}
