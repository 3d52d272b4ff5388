# shellcheck shell=bash
# Shared by the smoke tests of the servers; to be sourced.

say() { printf '%s\n' "$*"; }

# fail MESSAGE LOG...: the ends of the logs, then the message
fail() {
  local message=$1 log
  shift
  for log in "$@"; do
    if [ -f "$log" ]; then
      grep -a -m 20 -A 1 'ERROR\|SEVERE\|Caused by' "$log" >&2 || tail -n 40 "$log" >&2
    fi
  done
  say "FAILED: $message" >&2
  exit 1
}

# distribution GROUP ARTIFACT VERSION [TYPE]: the file in the local Maven repository, fetched if not there
distribution() {
  local type=${4:-zip}
  local repository
  repository=${MAVEN_REPO_LOCAL:-$HOME/.m2/repository}
  local file="$repository/${1//.//}/$2/$3/$2-$3.$type"
  if [ ! -f "$file" ]; then
    say "downloading $2-$3.$type" >&2
    mvn -q -B dependency:get -Dtransitive=false -Dmaven.repo.local="$repository" \
      -Dartifact="$1:$2:$3:$type" >&2
  fi
  say "$file"
}

# free_port_base: a number from which on the next 100 ports that a server takes are free
free_port_base() {
  local base offset
  for base in $(seq 21000 200 31000 | shuf); do
    for offset in 0 9 12 13 37 38 39 40 43 48 66 76 80 81 86 90 93 95; do
      if (exec 3<> "/dev/tcp/127.0.0.1/$((base + offset))") 2> /dev/null; then
        continue 2
      fi
    done
    say "$base"
    return
  done
  fail "no free ports"
}

# expect_answer URL LOG [MARKER]: waits until the list of backends is there; gives up when MARKER appears
expect_answer() {
  local status='' deadline=$((SECONDS + 180))
  until [ "$status" = 200 ]; do
    [ "$SECONDS" -lt "$deadline" ] || fail "GET $1/api/v1/backends: $status" "$2"
    [ ! -e "${3:-/nonexistent}" ] || fail "not deployed" "$2"
    sleep 0.5
    status=$(curl -s -m 30 -o /dev/null -w '%{http_code}' "$1/api/v1/backends" || true)
  done
}

# The cluster of the testbed, if it is up: then the server gets a node there.
kube_env=${KUBE_TESTBED_ROOT:-/opt/testbed-kube}/kube.env
kubectl=$(command -v kubectl || true)
# shellcheck disable=SC2154 # set by the script that sources this
cluster() {
  [ -n "$kubectl" ] || [ ! -x "${kube_env%/*}/bin/kubectl" ] || kubectl=${kube_env%/*}/bin/kubectl
  [ -n "$kubectl" ] && "$root/testbed/kube/status.sh" > /dev/null 2>&1
}

# The Slurm of the testbed, if it is up: then the server is to reach its REST service, too.
testbed_env=${TESTBED_ENV:-/opt/testbed/testbed.env}
slurm() { [ -r "$testbed_env" ] && "$root/testbed/exec.sh" sinfo > /dev/null 2>&1; }

# configure FOLDER: for the server, a backend of processes on this machine; its state and jobs are in FOLDER
configure() {
  export INTERLINK_CONFIG="$1/interlink.properties"
  export INTERLINK_STATE_DIRECTORY="$1/state"
  printf 'interlink.backends.%s\n' here.driver=local "here.directory=$1/jobs" here.runtime=none > "$INTERLINK_CONFIG"
  if slurm; then
    # shellcheck source=/dev/null
    . "$testbed_env"
    printf 'interlink.backends.slurm.%s\n' driver=slurm account=alice "slurmrestd=$TESTBED_SLURMRESTD" \
      "token-directory=$TESTBED_SLURM_TOKENS" "ssh.host=$TESTBED_SSH_HOST" "ssh.port=$TESTBED_SSH_PORT" \
      "ssh.key=$TESTBED_SSH_KEY" "ssh.known-hosts=$TESTBED_SSH_KNOWN_HOSTS" >> "$INTERLINK_CONFIG"
    printf 'interlink.default-backend=here\n' >> "$INTERLINK_CONFIG"
    has_slurm=yes
  fi
  if cluster; then
    # shellcheck source=/dev/null
    . "$kube_env"
    export KUBECONFIG
    node=smoke-$$
    {
      printf 'interlink.kubernetes.kubeconfig=%s\n' "$KUBECONFIG"
      printf "interlink.nodes.$node.%s\n" backend=here address=127.0.0.1 kubelet.address=127.0.0.1 \
        "kubelet.port=$((base + 95))" deregister=true
    } >> "$INTERLINK_CONFIG"
  fi
}

# expect_node LOG: with a cluster, a pod of it goes its whole way, and kubectl reads its log from the node
expect_node() {
  local deadline=$((SECONDS + 60)) got=''
  [ -n "${node:-}" ] || return 0
  "$kubectl" wait --for=create "node/$node" --timeout=60s > /dev/null || fail "no node" "$1"
  "$kubectl" wait --for=condition=Ready "node/$node" --timeout=60s > /dev/null || fail "the node is not ready" "$1"
  "$kubectl" apply -f - > /dev/null << JSON || fail "the cluster takes no pod" "$1"
{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "$node"}, "spec": {"restartPolicy": "Never",
  "automountServiceAccountToken": false, "nodeName": "$node",
  "containers": [{"name": "main", "image": "busybox:1.36", "command": ["sh", "-c", "echo from the cluster; exit 3"]}]}}
JSON
  "$kubectl" wait "pod/$node" --for=jsonpath='{.status.containerStatuses[0].state.terminated.exitCode}'=3 --timeout=60s \
    > /dev/null || fail "the cluster's pod does not end: $("$kubectl" describe pod "$node")" "$1"
  until got=$("$kubectl" logs --insecure-skip-tls-verify-backend "$node" 2>&1) && [ "$got" = 'from the cluster' ]; do
    [ "$SECONDS" -lt "$deadline" ] || fail "not the log of the cluster's pod: $got" "$1"
    sleep 0.5
  done
  "$kubectl" delete pod "$node" --timeout=60s > /dev/null || fail "the cluster's pod does not go" "$1"
}

# expect_slurm URL LOG: with a testbed, its slurmrestd has told of its nodes
expect_slurm() {
  local deadline=$((SECONDS + 60)) got=''
  [ -n "${has_slurm:-}" ] || return 0
  until grep -q '"nvidia.com/gpu"' <<< "$got"; do
    [ "$SECONDS" -lt "$deadline" ] || fail "slurmrestd was not reached: $got" "$2"
    sleep 0.5
    got=$(answer "$1/api/v1/backends")
  done
}

# forget_node: what a server that was killed could not take away itself
forget_node() {
  [ -z "${node:-}" ] || "$kubectl" delete node "$node" --ignore-not-found > /dev/null 2>&1 || true
}

# answer URL [CURL-OPTION...]: the body, then the status code
answer() { curl -s -m 30 -w '\n%{http_code}\n' "$@" || true; }

# expect_pod URL LOG: a pod goes its whole way, from its creation over exit code and output to its end
expect_pod() {
  local pods=$1/api/v1/pods uid=smoke-$$ got='' deadline=$((SECONDS + 120))
  got=$(answer "$pods" -H 'Content-Type: application/json' --data-binary @- << JSON
{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "smoke", "uid": "$uid"}, "spec": {"containers": [
  {"name": "main", "image": "busybox:1.36", "command": ["sh", "-c", "echo from the smoke test; exit 3"]}]}}
JSON
  )
  grep -q '^201$' <<< "$got" || fail "the pod is not taken: $got" "$2"
  until grep -q '"phase" *: *"Failed"' <<< "$got"; do
    [ "$SECONDS" -lt "$deadline" ] || fail "the pod does not end: $got" "$2"
    sleep 0.5
    got=$(answer "$pods/$uid")
  done
  grep -q '"exitCode" *: *3\>' <<< "$got" || fail "not the exit code 3: $got" "$2"
  got=$(answer "$pods/$uid/log")
  grep -qx 'from the smoke test' <<< "$got" || fail "not the output of the pod: $got" "$2"
  answer "$pods/$uid" -X DELETE > /dev/null
  until grep -q '^404$' <<< "$got"; do
    [ "$SECONDS" -lt "$deadline" ] || fail "the deleted pod does not go: $got" "$2"
    sleep 0.5
    got=$(answer "$pods/$uid")
  done
}
