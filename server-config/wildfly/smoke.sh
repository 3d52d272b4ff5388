#!/usr/bin/env bash
# Deploys the EAR on a fresh WildFly and runs a pod.
#   smoke.sh [EAR [WILDFLY-ZIP]]    both have defaults: this build's EAR, the zip in the Maven repository
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
version=39.0.1.Final
ear=$(realpath "${1:-$root/ear/target/interlink-ee.ear}")
. "$here/../smoke-lib.sh"
zip=${2:-$(distribution org.wildfly wildfly-dist "$version")}

work=$(mktemp -d "${TMPDIR:-/tmp}/interlink-wildfly.XXXXXX")
server=
stop() {
  if [ -n "$server" ]; then
    kill "$server" 2> /dev/null || true
    wait "$server" 2> /dev/null || true
  fi
  forget_node
  rm -rf "$work"
}
trap stop EXIT

unzip -q "$zip" -d "$work"
wildfly=$work/wildfly-$version
base=$(free_port_base)
http=$((base + 80))
configure "$work"

say "configuring"
"$wildfly/bin/jboss-cli.sh" --file="$here/configure.cli" > "$work/configure.log" 2>&1 ||
  fail "not configured" "$work/configure.log"
"$here/eclipselink.sh" "$wildfly"
cp "$ear" "$wildfly/standalone/deployments/interlink-ee.ear"
say "starting at port $http"
# The JVM itself and not the script, so that a signal reaches it.
LAUNCH_JBOSS_IN_BACKGROUND=1 "$wildfly/bin/standalone.sh" -b 127.0.0.1 \
  -Djboss.http.port="$http" -Djboss.https.port=$((base + 43)) \
  -Djboss.management.http.port=$((base + 90)) -Djboss.management.https.port=$((base + 93)) \
  -Djboss.tx.recovery.port=$((base + 12)) -Djboss.tx.status.port=$((base + 13)) \
  > "$work/server.log" 2>&1 &
server=$!
expect_answer "http://127.0.0.1:$http" "$work/server.log" \
  "$wildfly/standalone/deployments/interlink-ee.ear.failed"
expect_pod "http://127.0.0.1:$http" "$work/server.log"
expect_slurm "http://127.0.0.1:$http" "$work/server.log"
expect_node "$work/server.log"
say "WildFly $version: the EAR answers and runs a pod"
