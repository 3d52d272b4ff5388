#!/usr/bin/env bash
# Makes EclipseLink a module of a WildFly, as the persistence provider that the journal names.
#   eclipselink.sh WILDFLY-HOME
set -euo pipefail

wildfly=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
version=$(sed -n 's:.*<eclipselink.version>\(.*\)</eclipselink.version>.*:\1:p' "$here/../../pom.xml")
. "$here/../smoke-lib.sh"
jar=$(distribution org.eclipse.persistence eclipselink "$version" jar)

# WildFly ships the integration but not EclipseLink: its module is copied and completed.
shipped=$wildfly/modules/system/layers/base/org/eclipse/persistence/main
module=$wildfly/modules/org/eclipse/persistence/main
mkdir -p "$module"
cp "$shipped"/* "$module/"
cp "$jar" "$module/eclipselink.jar"
sed -i -e 's:</resources>:    <resource-root path="eclipselink.jar"/>\n    </resources>:' "$module/module.xml"
for needed in java.sql java.xml java.desktop java.compiler java.rmi java.instrument; do
  grep -q "\"$needed\"" "$module/module.xml" ||
    sed -i -e "s:</dependencies>:    <module name=\"$needed\"/>\n    </dependencies>:" "$module/module.xml"
done
