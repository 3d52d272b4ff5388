#!/bin/bash
# with-server.sh COMMAND...: starts the server that this tree has built, with a node on the testbed's Slurm; runs the command
# with the node's name behind it (for instance ./check.sh); stops the server. Exit status: the command's.
# shellcheck disable=SC2153 # what the two env files set
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
project=$(cd "$CF_HERE/../../.." && pwd)
# shellcheck source=/dev/null
. "$KUBE_TESTBED_ROOT/kube.env"
export KUBECONFIG
node=conformance-$$
home=$(mktemp -d "${TMPDIR:-/tmp}/interlink-conformance.XXXXXX")
mkdir "$home/tmp"

free_port() {
  local port
  for port in $(seq 20000 29999 | shuf -n 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
  die "no free port"
}

server=''
stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  "$KB_KUBECTL" delete node "$node" --ignore-not-found --wait=false >/dev/null 2>&1 || true
  rm -rf "$home"
}
trap stop EXIT

"$CF_HERE/../tools.sh" kubectl
"$CF_HERE/images.sh"
# A kubelet pulls outside of a pod's limits; Apptainer converts an image inside the job, and 64 MiB are too few for that.
for image in agnhost:2.66.1 busybox:1.37.0-2; do
  "$TESTBED_EXEC" -u alice apptainer -q exec "docker://$TESTBED_REGISTRY/e2e/$image" /bin/true
done
"$KUBE_TESTBED_BIN" cert -ca "$KB_PKI/ca" -out "$home/serving" -cn "system:node:$node" -o system:nodes -sans "127.0.0.1,$node"
port=$(free_port)
cat >"$home/interlink.properties" <<END
interlink.state.directory=$home/state
interlink.backends.slurm.driver=slurm
interlink.backends.slurm.account=alice
interlink.backends.slurm.ssh.host=$TESTBED_SSH_HOST
interlink.backends.slurm.ssh.port=$TESTBED_SSH_PORT
interlink.backends.slurm.ssh.key=$TESTBED_SSH_KEY
interlink.backends.slurm.ssh.known-hosts=$TESTBED_SSH_KNOWN_HOSTS
interlink.backends.slurm.directory=/shared/alice/$node
interlink.backends.slurm.runtime=apptainer
interlink.backends.slurm.partition=normal
interlink.kubernetes.kubeconfig=$KUBECONFIG
interlink.nodes.$node.backend=slurm
interlink.nodes.$node.address=127.0.0.1
interlink.nodes.$node.kubelet.address=127.0.0.1
interlink.nodes.$node.kubelet.port=$(free_port)
interlink.nodes.$node.kubelet.certificate=$home/serving.crt
interlink.nodes.$node.kubelet.key=$home/serving.key
interlink.nodes.$node.api-server=${KUBE_TESTBED_SERVER#https://}
interlink.nodes.$node.deregister=true
END
INTERLINK_CONFIG=$home/interlink.properties java "@$project/server-config/micro/jvm.options" -Djava.io.tmpdir="$home/tmp" \
  -jar "$project/server-config/micro/target/interlink-ee.jar" --port "$port" >"$home/server.log" 2>&1 </dev/null &
server=$!
"$KB_KUBECTL" wait --for=create "node/$node" --timeout=120s >/dev/null ||
  { tail -n 30 "$home/server.log" >&2; die "the node does not come"; }
"$KB_KUBECTL" wait --for=condition=Ready "node/$node" --timeout=60s >/dev/null
# The specs wait until all nodes are ready; those that others have left never are.
"$KB_KUBECTL" get nodes --no-headers | awk '$2 ~ /^NotReady/ { print $1 }' |
  xargs -r "$KB_KUBECTL" delete node >/dev/null
"$@" "$node"
