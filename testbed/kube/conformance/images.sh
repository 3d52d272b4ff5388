#!/bin/bash
# Makes stand-ins for upstream's test images (agnhost from upstream's own source, Debian's busybox and bash) and pushes them
# into the testbed's registry, unless they are there.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

there() { curl -sf -o /dev/null -H 'Accept: application/vnd.oci.image.manifest.v1+json' "http://$TESTBED_REGISTRY/v2/$1/manifests/$2"; }

# The last one that is pushed; another number for another content.
! there e2e/stand-ins 3 || exit 0

cf_build agnhost go build -ldflags='-s -w' -o k8s.io/kubernetes/test/images/agnhost
cf_build nnp go build -ldflags='-s -w' -o k8s.io/kubernetes/test/images/nonewprivs

say "making the images"
work=$TESTBED_SHARED/conformance-images inside=/shared/conformance-images
rm -rf "$work"
r=$work/rootfs
mkdir -p "$r"/{bin,etc,tmp,proc,sys,dev,home/user,root,uploads,usr/bin,var,mnt}
chmod 1777 "$r/tmp"
chmod 777 "$r/uploads"
cp "$TESTBED_FILES/bin/busybox" "$r/bin/busybox"
for applet in $("$r/bin/busybox" --list); do [ "$applet" = busybox ] || ln -sf busybox "$r/bin/$applet"; done
ln -sf /bin/env "$r/usr/bin/env"
# The shell of Debian's busybox drops variables whose names are no identifiers, and its env runs that shell whatever /bin/sh is.
# Upstream's image keeps them, or two of the specs could pass nowhere.
"$CF_HERE/../../exec.sh" ldd /bin/bash /usr/bin/env | grep -o '/[^ ]*\.so[^ ]*' | sort -u | while read -r library; do
  install -D "$TESTBED_FILES$library" "$r$library"
done
rm "$r/bin/sh" "$r/bin/env"
cp "$TESTBED_FILES/bin/bash" "$r/bin/sh"
cp "$TESTBED_FILES/usr/bin/env" "$r/bin/env"
cat >"$r/etc/passwd" <<'END'
root:x:0:0:root:/root:/bin/sh
user-defined-in-image:x:1000:1000::/home/user:/bin/sh
nobody:x:65534:65534::/:/bin/sh
END
cat >"$r/etc/group" <<'END'
root:x:0:
user-defined-in-image:x:1000:
group-defined-in-image:x:50000:user-defined-in-image
nobody:x:65534:
END
cp "$CF_BIN/agnhost" "$r/agnhost"
ln -s agnhost "$r/agnhost-2"
cp "$CF_BIN/nnp" "$r/nnp"
chmod -R a+rX "$r"
# shellcheck disable=SC2016
"$CF_HERE/../../exec.sh" sh -euc '
  oci=$1/oci registry=$2
  tag() { name=$1; shift; umoci config --image "$oci:base" --tag "$name" "$@"; }
  put() { skopeo --insecure-policy copy -q --dest-tls-verify=false "oci:$oci:$1" "docker://$registry/$2"; }
  umoci init --layout "$oci"
  umoci new --image "$oci:base"
  umoci insert --image "$oci:base" "$1/rootfs" /
  umoci config --image "$oci:base" --config.env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  tag agnhost --config.entrypoint /agnhost --config.cmd pause
  for name in e2e/agnhost:2.66.1 e2e/agnhost:2.55 pause:3.10.2; do put agnhost "$name"; done
  tag busybox --config.cmd sh
  for name in e2e/busybox:1.37.0-2 e2e/nginx:1.27.0-2 e2e/nginx:1.28.0-2; do put busybox "$name"; done
  tag nonroot --config.cmd sleep --config.cmd 9999 --config.user 1234
  put nonroot e2e/nonroot:1.5
  tag nnp --config.entrypoint /nnp
  put nnp e2e/nonewprivs:1.4
  put nnp e2e/stand-ins:3
' sh "$inside" "$TESTBED_REGISTRY"
rm -rf "$work"
