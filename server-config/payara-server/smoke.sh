#!/usr/bin/env bash
# Deploys the EAR on a fresh Payara Server and runs a pod.
#   smoke.sh [EAR [PAYARA-ZIP]]    both have defaults: this build's EAR, the zip in the Maven repository
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
version=$(sed -n 's:.*<payara.version>\(.*\)</payara.version>.*:\1:p' "$root/pom.xml")
ear=$(realpath "${1:-$root/ear/target/interlink-ee.ear}")
. "$here/../smoke-lib.sh"
zip=${2:-$(distribution fish.payara.distributions payara "$version")}

work=$(mktemp -d "${TMPDIR:-/tmp}/interlink-payara.XXXXXX")
stop() {
  "$asadmin" stop-domain --kill=true --domaindir "$work/domains" interlink > /dev/null 2>&1 || true
  forget_node
  rm -rf "$work"
}
trap stop EXIT
asadmin=$work/payara6/bin/asadmin

unzip -q "$zip" -d "$work"
base=$(free_port_base)
http=$((base + 80))
admin=$((base + 48))
configure "$work"

say "creating a domain at port $http"
"$asadmin" create-domain --nopassword --portbase "$base" --domaindir "$work/domains" interlink > "$work/create.log"
"$asadmin" start-domain --domaindir "$work/domains" interlink > "$work/start.log"
"$asadmin" --port "$admin" multimode --file "$here/configure.asadmin" > "$work/configure.log"
# A listener that is changed while it listens is closed and does not always come back.
"$asadmin" stop-domain --domaindir "$work/domains" interlink >> "$work/configure.log"
"$asadmin" start-domain --domaindir "$work/domains" interlink >> "$work/start.log"
say "deploying $(basename "$ear")"
"$asadmin" --port "$admin" deploy --name interlink-ee "$ear" > "$work/deploy.log" 2>&1 ||
  fail "not deployed" "$work/deploy.log" "$work/domains/interlink/logs/server.log"
expect_answer "http://127.0.0.1:$http" "$work/domains/interlink/logs/server.log"
expect_pod "http://127.0.0.1:$http" "$work/domains/interlink/logs/server.log"
expect_slurm "http://127.0.0.1:$http" "$work/domains/interlink/logs/server.log"
expect_node "$work/domains/interlink/logs/server.log"
say "Payara Server $version: the EAR answers and runs a pod"
