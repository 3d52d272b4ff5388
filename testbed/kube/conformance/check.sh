#!/bin/bash
# check.sh NODE [ginkgo flags]: runs the specs of ConfigMaps, Secrets, projected volumes, the downward API and expansion, or
# those of CONFORMANCE_FILES, on a node. Exit status 0: all that came is as expected.tsv says.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CONFORMANCE_FILES=${CONFORMANCE_FILES:-resolution} "$here/run.sh" "$@"
"$here/judge.sh"
