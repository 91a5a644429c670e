#!/usr/bin/env bash
# The server under measurement, for bench.sh and the harness: `bench-server.sh restart` stops the running one,
# starts a fresh one and prints its pid; `bench-server.sh stop` only stops it. Settings come from bench.sh.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

pid_file=${BENCH_DATA:?is set by bench.sh}/server.pid

stop() {
  [ -f "$pid_file" ] || return 0
  local pid deadline=$((SECONDS + 10))
  pid=$(cat "$pid_file")
  kill "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do
    [ $SECONDS -lt $deadline ] || kill -9 "$pid"
    sleep 0.1
  done
  rm -f "$pid_file"
}

stop
case ${1:-} in
  stop) ;;
  restart)
    ulimit -n "$(ulimit -Hn)" # each socket is a file
    nohup "$HELLOPET_BIN" serve >"$BENCH_DATA/server.log" 2>&1 </dev/null &
    pid=$!
    echo "$pid" >"$pid_file"
    wait_until_ready "$PUBLIC_URL/readyz" "$pid"
    echo "$pid"
    ;;
  *) die "usage: bench-server.sh restart|stop" ;;
esac
