#!/usr/bin/env bash
# Builds what ./run starts, and knows whether that is needed.
#   build.sh check      exit 0 if the jars are those of the present sources
#   build.sh build LOG  build them, with Maven's own output in LOG
#   build.sh stamp      say that they have just been built, by whatever way
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$here"
server_jar=server-config/micro/target/interlink-ee.jar
launcher_jar=server-config/launcher/target/launcher.jar
stamp=server-config/launcher/target/sources.sha256

# By content: a touched file, or a branch and back, builds nothing.
sources_sum() {
  find . \( -name target -o -name .git -o -name .run -o -path '*/src/test' \
    -o -path ./testbed -o -path ./benchmarks -o -path ./ear \) -prune \
    -o -type f \( -name pom.xml -o -path '*/src/main/*' \) -print0 | sort -z | xargs -0 sha256sum | sha256sum
}

# What Maven has said so far, as "MODULE OF NAME|MEGABYTES|URLS STILL ON THEIR WAY".
digest() {
  awk '
    /^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]$/ {
      name = $0; sub(/^\[INFO\] Building /, "", name); sub(/ [^ ]* *\[[0-9]+\/[0-9]+\]$/, "", name)
      split($NF, of, /[\[\/\]]/); module = "module " of[2] " of " of[3] " (" name ")"
    }
    $1 ~ /INFO/ { sub(/^\[INFO\] /, "") }
    $1 == "Downloading" { open[$NF] = 1 }
    $1 == "Downloaded" {
      for (i = 1; i <= NF; i++) if ($i ~ /^https?:/) { delete open[$i]; size = substr($(i + 1), 2); unit = $(i + 2) }
      mb += size * (unit == "GB" ? 1000 : unit == "MB" ? 1 : unit == "kB" ? 0.001 : 0.000001)
    }
    END { printf "%s|%.3f|", module, mb; for (url in open) printf "%s ", url; print "" }' "$1"
}

local_repository() {
  local named=${MAVEN_REPO_LOCAL:-}
  [ -n "$named" ] || named=$(sed -n 's/.*-Dmaven\.repo\.local=\([^ ]*\).*/\1/p' <<<"${MAVEN_ARGS:-} ${MAVEN_OPTS:-}")
  [ -n "$named" ] || named=$(sed -n 's:.*<localRepository>\(.*\)</localRepository>.*:\1:p' ~/.m2/settings.xml 2>/dev/null || true)
  echo "${named:-$HOME/.m2/repository}"
}

# Bytes of the files that are only partly here. A URL ends with the path in the repository.
partial_bytes() {
  local url path repository=$1
  shift
  for url in "$@"; do
    path=${url#*://*/}
    while [ ! -d "$repository/${path%/*}" ] && [[ $path == */*/* ]]; do path=${path#*/}; done
    stat -c %s "$repository/$path"*.tmp "$repository/$path"*.part 2>/dev/null || true
  done | awk '{ sum += $1 } END { printf "%d", sum }'
}

progress() {
  local log=$1 begun=$2 module mb urls bytes
  IFS='|' read -r module mb urls < <(digest "$log")
  # shellcheck disable=SC2086 # one word a URL
  bytes=$(partial_bytes "$repository" $urls)
  mb=$(awk -v mb="$mb" -v bytes="$bytes" 'BEGIN { printf "%.0f", mb + bytes / 1000000 }')
  printf 'building: %s, %s%d s' "${module:-reading the modules}" \
    "$([ "$mb" = 0 ] || echo "$mb MB downloaded, ")" $((SECONDS - begun))
}

build() {
  local log=$1 begun=$SECONDS maven next=0 rc=0 repository
  repository=$(local_repository)
  : >"$log"
  # Not quiet: its lines are what the progress is read from.
  mvn -B -Dstyle.color=never ${MAVEN_REPO_LOCAL:+"-Dmaven.repo.local=$MAVEN_REPO_LOCAL"} -DskipTests -Dspotless.check.skip=true \
    -pl server-config/micro,server-config/launcher -am package >"$log" 2>&1 &
  maven=$!
  trap 'kill "$maven" 2>/dev/null; wait "$maven"; exit 130' INT TERM
  while kill -0 "$maven" 2>/dev/null; do
    if [ -t 2 ]; then
      printf '\r\033[K%s' "$(progress "$log" "$begun")" >&2
    elif [ $((SECONDS - begun)) -ge $next ]; then
      printf '%s\n' "$(progress "$log" "$begun")" >&2
      next=$((next + 10))
    fi
    sleep 0.5
  done
  wait "$maven" || rc=$?
  trap - INT TERM
  [ ! -t 2 ] || printf '\r\033[K' >&2
  if [ $rc -ne 0 ]; then
    printf 'the build failed; what Maven says (all of it: %s):\n' "$log" >&2
    grep '^\[ERROR\]' "$log" | head -n 15 | cut -c 1-300 >&2 || true
    ! grep -qE 'Could not transfer|Unknown host|No route to host|Connection refused' "$log" ||
      printf 'The Maven repository cannot be reached: check the network, or name a mirror in ~/.m2/settings.xml\n' >&2
    return $rc
  fi
  sources_sum >"$stamp"
  printf 'built in %d s\n' $((SECONDS - begun)) >&2
}

case ${1:-} in
  check) [ -s $server_jar ] && [ -s $launcher_jar ] && [ "$(cat $stamp 2>/dev/null)" = "$(sources_sum)" ] ;;
  build) build "$2" ;;
  stamp) sources_sum >$stamp ;;
  *) sed -n '2,5p' "$0" >&2; exit 2 ;;
esac
