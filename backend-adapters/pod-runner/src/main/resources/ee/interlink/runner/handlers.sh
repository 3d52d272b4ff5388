# shellcheck shell=bash disable=SC2034,SC2154,SC2317 # a part of one script, PodRunner.java joins them
#
# What probes and hooks do, in bash's own words: a node has no other client for sure.

# At most SECONDS; empty for as long as it takes. What it says into SAID.
handle() { # SECONDS CONTAINER HANDLER WORDS...
  said_file=work/.$2.said.$BASHPID limit=$1
  timer=''
  set -m
  run_handler "${@:2}" </dev/null >"$said_file" 2>&1 &
  handler=$!
  if [[ $limit ]]; then
    {
      sleep "$limit"
      echo "timed out after $limit s" >>"$said_file"
      kill_container "$handler"
    } </dev/null >/dev/null 2>&1 &
    timer=$!
  fi
  set +m
  while :; do
    interrupted=''
    wait "$handler"
    handled=$?
    [[ $interrupted ]] || break
  done 2>/dev/null
  if [[ $timer ]]; then
    kill -KILL -- "-$timer" 2>/dev/null
    wait "$timer" 2>/dev/null
  fi
  said=''
  IFS= read -r -d '' -n 1000 said <"$said_file"
  rm -f -- "$said_file"
  return "$handled"
}

run_handler() { # CONTAINER HANDLER WORDS...
  case $2 in
    exec) exec_inside "$1" "${@:3}" ;;
    http) http_get "${@:3}" ;;
    tcp) connect "$3" "$4" ;;
    grpc) grpc_check "${@:3}" ;;
    sleep) sleep "$3" ;;
  esac
}

connect() { # HOST PORT, into CONNECTION
  { exec {connection}<>"/dev/tcp/$1/$2"; } 2>/dev/null && return
  echo "cannot connect to $1:$2"
  return 1
}

# As the kubelet does: 200 to 399 is good, to the same host it is led on, to another one it is not.
http_get() { # SCHEME HOST PORT PATH HEADER...
  scheme=$1 host=$2 port=$3 path=$4
  headers=("${@:5}")
  for ((turns = 0; turns < 10; turns++)); do
    location=''
    case $scheme in
      HTTP) fetch || return ;;
      *) fetch_securely || return ;;
    esac
    [[ $status == [23]?? ]] || {
      echo "HTTP probe failed with statuscode: $status"
      return 1
    }
    [[ $status == 3?? && $location ]] || return 0
    if [[ $location =~ ^(https?)://([^/:]+)(:([0-9]+))?(/.*)?$ ]]; then
      [[ ${BASH_REMATCH[2]} == "$host" ]] || return 0
      scheme=${BASH_REMATCH[1]^^} path=${BASH_REMATCH[5]:-/}
      port=${BASH_REMATCH[4]:-80}
      [[ $scheme == HTTP || ${BASH_REMATCH[4]} ]] || port=443
    elif [[ $location == /* ]]; then
      path=$location
    else
      path=${path%/*}/$location
    fi
  done
  echo 'stopped after 10 redirects'
  return 1
}

fetch() { # into STATUS and LOCATION
  connect "$host" "$port" || return
  {
    printf 'GET %s HTTP/1.1\r\n' "$path"
    printf '%s\r\n' "${headers[@]}" 'Connection: close' ''
  } | send
  status=''
  read -r _ status _ <&"$connection" 2>/dev/null
  [[ $status == [1-5][0-9][0-9]* ]] || {
    echo "no HTTP answer from $host:$port"
    return 1
  }
  status=${status%$'\r'}
  while IFS= read -r line <&"$connection" 2>/dev/null && line=${line%$'\r'} && [[ $line ]]; do
    if [[ ${line,,} == location:* ]]; then
      read -r location <<<"${line#*:}"
    fi
  done
  exec {connection}>&-
}

# Headers may be secret: not among the arguments. The kubelet asks for no certificate either.
fetch_securely() {
  type -P curl >/dev/null || {
    echo 'HTTPS needs curl on the machine of the job'
    return 1
  }
  read -r status location < <(
    printf '%s\n' "${headers[@]}" |
      curl -gqksS -o /dev/null -w '%{http_code} %{redirect_url}\n' -H @- "https://$host:$port$path" 2>&1
  )
  [[ $status == [1-5][0-9][0-9] ]] || {
    echo "$status $location"
    return 1
  }
}

# A call of grpc.health.v1.Health/Check, in frames of HTTP/2 (RFC 9113) with headers that are
# compressed by nothing (RFC 7541, 6.2.2).
grpc_check() { # HOST PORT SERVICE
  connect "$1" "$2" || return
  authority=$1:$2
  byte ${#authority}
  header='\x83\x86\x04\x1c/grpc.health.v1.Health/Check\x01'$byte$authority
  header+='\x0f\x10\x10application/grpc\x00\x02te\x08trailers'
  byte $((2 + 30 + 2 + ${#authority} + 19 + 13))
  size=$byte
  message=''
  if [[ $3 ]]; then
    byte ${#3}
    message='\x0a'$byte$3
  fi
  byte $((${#3} ? ${#3} + 2 : 0))
  long=$byte
  byte $((5 + (${#3} ? ${#3} + 2 : 0)))
  # shellcheck disable=SC2059 # these are bytes written as escapes
  printf "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"'\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00'"$size"'\x01\x04\x00\x00\x00\x01'"$header"'\x00\x00'"$byte"'\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00'"$long$message" | send
  for ((turns = 0; turns < 50; turns++)); do
    take 9
    ((${#hex} == 18)) || break
    kind=${hex:6:2} flags=$((16#${hex:8:2}))
    take $((16#${hex:0:6}))
    case $kind in
      00)
        [[ ${hex:10} == 0801* ]] && return
        echo 'service unhealthy (responded with "NOT_SERVING")'
        return 1
        ;;
      01) ((flags & 1)) && break ;;
      03 | 07) break ;;
      04) ((flags & 1)) || printf '\x00\x00\x00\x04\x01\x00\x00\x00\x00' | send ;;
    esac
  done
  echo "no answer to grpc.health.v1.Health/Check of '$3' from $authority"
  return 1
}

# What comes in, to the other side, which may have gone: that is its answer, and not our end.
send() {
  { cat >&"$connection"; } 2>/dev/null
}

byte() { # NUMBER, into BYTE as an escape of printf
  printf -v byte '\\x%02x' "$1"
}

take() { # COUNT, into HEX
  hex=''
  (($1 == 0)) || hex=$(od -An -v -tx1 -N "$1" <&"$connection" 2>/dev/null | tr -d ' \n')
}
