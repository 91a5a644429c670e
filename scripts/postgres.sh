#!/usr/bin/env bash
# A private PostgreSQL for the tests: its own temporary folder, a free port on loopback, gone without a trace.
# It never touches a cluster of the system.
#
#   postgres.sh start  starts it; does nothing when it already runs
#   postgres.sh url    prints the URL of its maintenance database
#   postgres.sh stop   stops it and deletes its folder; does nothing when none runs
#   postgres.sh bin    prints where this machine's newest PostgreSQL server has its programs
#
# It trades durability for speed. With --durable as the second word, start, url and stop mean another cluster
# that keeps PostgreSQL's own settings, on a real disk: for tests that kill it.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

command=${1:-}
case ${2:-} in
  '') name=postgres base=/tmp ;;
  --durable) name=postgres-durable base=/var/tmp ;; # /tmp may be memory
  *) die "usage: postgres.sh start|url|stop|bin [--durable]" ;;
esac
state=$TARGET/$name.env

newest_bin() { # Debian keeps the server's programs out of PATH, one folder a version
  local found
  found=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
  [ -x "$found" ] || found=$(command -v initdb) || return 1
  dirname "$found"
}

as_server_user() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

load_state() { # sets PG_DIR and PG_PORT
  # shellcheck source=/dev/null
  [ -f "$state" ] && . "$state"
}

is_running() { load_state && as_server_user "$bin/pg_ctl" -D "$PG_DIR/db" status >/dev/null 2>&1; }

remove_folder() {
  case $1 in "$base"/hellopet-pg.*) as_server_user rm -rf -- "$1" ;; esac
}

settings() {
  cat <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
log_min_messages = warning
CONF
  [ $name = postgres-durable ] || cat <<CONF
fsync = off
synchronous_commit = off
full_page_writes = off
CONF
}

start() {
  if is_running; then return; fi
  stop # what a killed run has left behind
  local dir port
  dir=$(as_server_user mktemp -d "$base/hellopet-pg.XXXXXX")
  as_server_user "$bin/initdb" -D "$dir/db" -U hellopet -A trust --encoding=UTF8 --locale=C --no-sync >/dev/null
  settings | as_server_user tee -a "$dir/db/postgresql.conf" >/dev/null
  # A port may be taken between choosing and using it: choose again then.
  for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000)) # below the range from which the system lends ports to clients
    if as_server_user "$bin/pg_ctl" -D "$dir/db" -l "$dir/log" -o "-p $port" -w start >/dev/null 2>&1; then
      mkdir -p "$(dirname "$state")"
      printf 'PG_DIR=%s\nPG_PORT=%s\n' "$dir" "$port" >"$state"
      return
    fi
  done
  as_server_user tail -n 20 "$dir/log" >&2
  remove_folder "$dir"
  die "PostgreSQL did not start"
}

stop() {
  load_state || return 0
  as_server_user "$bin/pg_ctl" -D "$PG_DIR/db" -m immediate -w stop >/dev/null 2>&1 || true # already gone
  remove_folder "$PG_DIR"
  rm -f "$state"
}

bin=$(newest_bin) || die "no PostgreSQL server found. On Debian it is the package postgresql."
case $command in
  bin) echo "$bin" ;;
  start) start ;;
  stop) stop ;;
  url)
    is_running || die "PostgreSQL is not running: scripts/postgres.sh start"
    echo "postgres://hellopet@127.0.0.1:$PG_PORT/postgres"
    ;;
  *) die "usage: postgres.sh start|url|stop|bin [--durable]" ;;
esac
