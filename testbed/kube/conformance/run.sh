#!/bin/bash
# run.sh NODE [ginkgo flags]: upstream Kubernetes' [NodeConformance] [Conformance] specs on a node. See README.md.
# Its exit status is 0 if the specs ran, whatever came of them: judge.sh looks at that.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
node=${1:?name of the node}
shift
# shellcheck source=/dev/null
[ -n "${KUBECONFIG:-}" ] || . "$KUBE_TESTBED_ROOT/kube.env"
export KUBECONFIG

"$CF_HERE/../tools.sh" kubectl
"$CF_HERE/images.sh"
cf_build conformance.test go test -vet=off -c -o .

# Side by side, since most of a spec's time is waiting; what costs most is not in one shard.
shards=("configmap_volume.go configmap.go secrets.go" "secrets_volume.go expansion.go" "projected_configmap.go projected_secret.go projected_combined.go"
  "downwardapi_volume.go downwardapi.go" "projected_downwardapi.go" "containers.go security_context.go" "empty_dir.go host_path.go"
  "lifecycle_hook.go init_container.go runtime.go" "kubelet.go kubelet_etc_hosts.go" "container_probe.go"
  "pods.go sysctl.go runtimeclass.go ephemeral_containers.go lease.go node_lease.go podtemplates.go")
# A node that can do nothing else has to be right about these.
resolution='configmap.go configmap_volume.go secrets.go secrets_volume.go projected_configmap.go projected_secret.go
  projected_combined.go projected_downwardapi.go downwardapi.go downwardapi_volume.go expansion.go'
files=${CONFORMANCE_FILES:-all}
[ "$files" != resolution ] || files=$resolution
[ "$files" = all ] || files=" $(tr -s ' \n' ' ' <<<"$files")"

# Its pods tolerate nothing.
taint=virtual-node.interlink/no-schedule
taints=$("$KB_KUBECTL" get node "$node" -o jsonpath="{range .spec.taints[?(@.key=='$taint')]}{.key}={.value}:{.effect} {end}")
restore() {
  # shellcheck disable=SC2086
  [ -z "$taints" ] || "$KB_KUBECTL" taint --overwrite node "$node" $taints >/dev/null
}
trap restore EXIT
[ -z "$taints" ] || "$KB_KUBECTL" taint node "$node" "$taint-" >/dev/null

out=${CF_TABLE%/*}
mkdir -p "$out"
rm -f "$out"/*
cat >"$out/repos.yaml" <<END
promoterE2eRegistry: $TESTBED_REGISTRY/e2e
gcRegistry: $TESTBED_REGISTRY
dockerLibraryRegistry: $TESTBED_REGISTRY/library
END
common=(-kubeconfig="$KUBECONFIG" -provider=skeleton -kube-test-repo-list="$out/repos.yaml" -num-nodes=1
  -patience="${CONFORMANCE_PATIENCE:-60s}" -dump-logs-on-failure=false -disable-log-dump -ginkgo.no-color
  -ginkgo.timeout="${CONFORMANCE_LIMIT:-55m}" -ginkgo.label-filter="${CONFORMANCE_FILTER:-NodeConformance && Conformance}")
[ -z "${CONFORMANCE_SKIP:-}" ] || common+=(-ginkgo.skip="$CONFORMANCE_SKIP")
begun=$SECONDS running=()
for i in "${!shards[@]}"; do
  focus=()
  for file in ${shards[$i]}; do
    case $files in all | *" $file "*) focus+=("-ginkgo.focus-file=/$file") ;; esac
  done
  [ ${#focus[@]} -gt 0 ] || continue
  (cd "$out" && exec "$CF_BIN/conformance.test" "${common[@]}" "${focus[@]}" -table="$out/$i.tsv" "$@" >"$out/$i.log" 2>&1 </dev/null) &
  running+=("$i:$!")
done
[ ${#running[@]} -gt 0 ] || die "no shard has any of these files:$files"
for shard in "${running[@]}"; do
  # A spec that fails makes it 1 as well; without a table it is over.
  wait "${shard#*:}" || [ -s "$out/${shard%:*}.tsv" ] || { tail -n 20 "$out/${shard%:*}.log" >&2; die "shard ${shard%:*} did not run; see $out"; }
done
cat "$out"/[0-9]*.tsv | LC_ALL=C sort -t $'\t' -k 3,4 >"$CF_TABLE"
[ -s "$CF_TABLE" ] || die "no spec ran; see $out"
say "$(wc -l <"$CF_TABLE") specs after $((SECONDS - begun)) s, $(grep -c '^passed' "$CF_TABLE" || true) passed; see $CF_TABLE"
