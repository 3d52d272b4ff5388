#!/bin/bash
# tools.sh [PROGRAM...]: makes what the Kubernetes testbed needs and the machine lacks, into its folder:
#   go        a Go that is new enough; up.sh finds it there
#   kubectl   of the same version as the control plane, bin/kubectl
# Without arguments both. Run it again at any time.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
mkdir -p "$KUBE_TESTBED_ROOT"

wanted=$(awk '$1 == "go" { print $2 }' "$KB_HERE/go.mod")

# new_enough GO: can it build go.mod, without fetching another Go by itself?
new_enough() {
  local has
  has=$(cd / && GOTOOLCHAIN=local "$1" env GOVERSION 2>/dev/null) || return 1
  has=${has#go}
  [ "$(printf '%s\n' "$wanted" "${has%% *}" | sort -V | head -n 1)" = "$wanted" ]
}

# Any Go fetches the wanted one as a module, with its checksum verified like every module's.
fetch_go() {
  local old folder
  old=$(command -v go || true)
  if [ -z "$old" ]; then
    { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; } ||
      die "there is no Go: install one of whatever version (Debian: apt-get install golang-go)"
    say "installing golang-go with apt-get"
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends golang-go; } >&2
    old=$(command -v go)
  fi
  say "fetching Go $wanted by way of $("$old" version)"
  folder=$(cd / && GOTOOLCHAIN=local GOFLAGS='' "$old" mod download -json \
    "golang.org/toolchain@v0.0.1-go$wanted.$("$old" env GOOS)-$("$old" env GOARCH)" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  [ -d "$folder" ] || die "no Go $wanted came"
  rm -rf "$KB_GO.new" "$KB_GO"
  cp -r "$folder" "$KB_GO.new"
  chmod -R u+w "$KB_GO.new"
  # A module can hold neither executable files nor other modules; Go itself mends that in the same way.
  find "$KB_GO.new/bin" "$KB_GO.new/pkg/tool" -type f -exec chmod a+x {} +
  find "$KB_GO.new" -name _go.mod -execdir mv {} go.mod ';'
  mv "$KB_GO.new" "$KB_GO"
  # What this shell remembers is the old one.
  hash -r
}

need_go() {
  local found
  found=$(command -v go || true)
  if [ -z "$found" ] || ! new_enough "$found"; then fetch_go; fi
}

# Whatever kubectl the machine has: tests are judged by one and the same everywhere.
need_kubectl() {
  local version work
  version=$(awk '$1 == "k8s.io/kubernetes" { print $2; exit }' "$KB_HERE/go.mod")
  [ "$("$KB_KUBECTL" version --client 2>/dev/null | head -n 1)" != "Client Version: $version" ] || return 0
  need_go
  say "building kubectl $version"
  # It needs a few modules that the control plane does not, so it gets a go.mod of its own.
  work=$(mktemp -d)
  cp "$KB_HERE/go.mod" "$work/kubectl.mod"
  cp "$KB_HERE/go.sum" "$work/kubectl.sum"
  mkdir -p "${KB_KUBECTL%/*}"
  (cd "$KB_HERE" && CGO_ENABLED=0 go build -modfile="$work/kubectl.mod" -mod=mod -buildvcs=false -trimpath \
    -ldflags "-s -w -X k8s.io/component-base/version.gitVersion=$version" \
    -o "$KB_KUBECTL.new" k8s.io/kubernetes/cmd/kubectl) || die "the build failed"
  mv -f "$KB_KUBECTL.new" "$KB_KUBECTL"
  rm -rf "$work"
}

[ $# -gt 0 ] || set -- go kubectl
for tool; do
  case $tool in
    go | kubectl) "need_$tool" ;;
    *) die "unknown tool $tool" ;;
  esac
done
