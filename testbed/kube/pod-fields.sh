#!/bin/bash
# pod-fields.sh: prints every field that a pod's specification can have, out of the OpenAPI document of
# the API server that is up. Needs jq. When the version in go.mod has changed, write it to where tests
# look for it, then decide in pod-fields.txt what becomes of the fields that are new:
#   testbed/kube/pod-fields.sh >ejb-core/src/test/resources/ee/interlink/offload/pod/pod-spec-fields.txt
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

for program in jq "$KB_KUBECTL"; do
  command -v "$program" >/dev/null || die "there is no $program"
done
export KUBECONFIG=$KB_PKI/admin.kubeconfig
version=$("$KB_KUBECTL" get --raw /version | jq -er .gitVersion)
document=$("$KB_KUBECTL" get --raw /openapi/v3/api/v1)

# A leaf is what has no fields of its own: texts, numbers, lists of those, quantities, times, maps.
# Init containers are containers, in the table too; ephemeral ones are decided as a whole.
fields() {
  jq -er '
    def named($schemas):
      (."$ref" // .allOf[0]?."$ref") as $ref
      | if $ref then $schemas[$ref | ltrimstr("#/components/schemas/")] else . end;
    def leaves($schemas; $path):
      named($schemas)
      | if $path == "spec.ephemeralContainers" then $path
        elif .properties then .properties | to_entries[] | .key as $name | .value | leaves($schemas; "\($path).\($name)")
        elif .items and (.items | named($schemas) | .properties or .items) then .items | leaves($schemas; $path + "[]")
        else $path end;
    .components.schemas as $schemas
    | $schemas["io.k8s.api.core.v1.PodSpec"]
    | leaves($schemas; "spec")
    | sub("^spec[.]initContainers\\[\\]"; "spec.containers[]")' <<<"$document"
}

list=$(fields | LC_ALL=C sort -u)
printf '# Kubernetes %s: the fields of a pod'\''s specification, by testbed/kube/pod-fields.sh\n%s\n' "$version" "$list"
