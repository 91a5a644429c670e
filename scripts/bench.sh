#!/usr/bin/env bash
# Measures the release build with the shared load harness and prints the table of docs/benchmarks.md: what this machine
# can do at all, the original platform's stack as it was rebuilt for the harness, ours on PostgreSQL, ours on SQLite.
# All in one sitting, on one private PostgreSQL that keeps every promise of durability: absolute figures depend on the
# machine and on what else it does, only ratios of one sitting mean anything.
#
#   BENCH_DIR   the harness                                        (../shared/bench)
#   ROUNDS      rounds; the table shows medians                    (1)
#   PARTS       what is measured, each kept until it is measured anew; `crowd`, `flood` and `signin` go on with the
#               people of `postgres`      (limits original postgres crowd flood signin search lists ledger sqlite)
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

export ROUNDS=${ROUNDS:-1}
PARTS=${PARTS:-limits original postgres crowd flood signin search lists ledger sqlite}
harness=$(cd "${BENCH_DIR:-$ROOT/../shared/bench}" 2>/dev/null && pwd) || die "the load harness is not there: set BENCH_DIR"

scripts/setup.sh test
HELLOPET_BIN=${HELLOPET_BIN:-$(scripts/server-build.sh release)}

export BENCH_DATA=$TARGET/bench
results=$BENCH_DATA/results
mkdir -p "$results"
# From here on only the harness is compiled; it looks for its own binary in this folder.
export CARGO_TARGET_DIR=$BENCH_DATA/load
say "building the harness"
cargo build --release --locked --manifest-path "$harness/load/Cargo.toml"
load() { "$CARGO_TARGET_DIR/release/hp-load" "$@"; }
ulimit -n "$(ulimit -Hn)" # each socket is a file

say "preparing PostgreSQL"
PG_BIN=$(scripts/postgres.sh bin)
export PG_BIN
stop_postgres() { [ ! -f "$BENCH_DATA/pg.env" ] || "$harness/pg.sh" stop; }
stop_postgres || true # what a killed run has left behind
at_exit stop_postgres
"$harness/pg.sh" start
# shellcheck source=/dev/null
. "$BENCH_DATA/pg.env"
"$PG_BIN/createdb" hellopet_ours

wanted() { case " $PARTS " in *" $1 "*) ;; *) return 1 ;; esac; }
forget() { rm -f "$results/$1.jsonl"; }

if wanted limits; then
  say "what the machine can do"
  forget limits
  for round in $(seq "$ROUNDS"); do ROUND=$round "$harness/limits.sh" >>"$results/limits.jsonl"; done
fi

# The harness against a server that does no work: it wants a users file, which comes with ours.
measure_ceiling() {
  forget ceiling
  "$harness/ceiling.sh" "$BENCH_DATA/users.json" "$results/ceiling.jsonl"
}

if wanted original; then
  say "the original platform's stack"
  forget original
  rm -rf "$BENCH_DATA/original"
  cp -r "$harness/original" "$BENCH_DATA/original"
  if (cd "$BENCH_DATA/original" && npm ci --no-audit --no-fund >&2); then
    at_exit 'kill "$(cat "$BENCH_DATA/original.pid")"'
    server=$(PORT=5002 IDLE=2000 "$BENCH_DATA/original/start.sh" --seed | tail -n 1)
    LABEL=original PG_PID=$PG_PID SUITES="core idle storm" \
      RESTART_CMD="PORT=5002 $BENCH_DATA/original/restart.sh" \
      COUNT_CMD="$PG_BIN/psql -tAc 'select count(*) from \"Messages\"' hellopet" \
      "$harness/run.sh" http://127.0.0.1:5002 "${server%% *}" "$BENCH_DATA/users-original.json" "$results/original.jsonl"
    kill "$(cat "$BENCH_DATA/original.pid")"
  else
    say "its packages cannot be installed here: measured without it"
  fi
fi

# Everything comes from one address, and no line is logged per request: as for every server measured with it.
export HELLOPET_BIN RATE_LIMITS=off LOG=warn PORT=5001
export JWT_SECRET=bench-secret-of-at-least-32-characters
export CLIENT_ORIGIN=https://hellopet.site PUBLIC_URL=http://127.0.0.1:$PORT ATTACHMENTS_DIR=$BENCH_DATA/attachments
at_exit 'scripts/bench-server.sh stop'

# serve_anew DATABASE_URL: an empty database with the harness' people, and a fresh server on it.
serve_anew() {
  export DATABASE_URL=$1
  "$HELLOPET_BIN" migrate
  "$HELLOPET_BIN" fixture --pairs 128 --doctors 100 --idle 10000 --out "$BENCH_DATA/users.json" >&2
  server=$(scripts/bench-server.sh restart)
  say "measuring on ${DATABASE_URL%%:*}"
}

# measure NAME SUITES COUNT_COMMAND
measure() {
  forget "$1"
  LABEL=$1 PG_PID=$PG_PID SUITES=$2 COUNT_CMD=$3 RESTART_CMD="$ROOT/scripts/bench-server.sh restart" \
    "$harness/run.sh" "$PUBLIC_URL" "$server" "$BENCH_DATA/users.json" "$results/$1.jsonl"
}

postgres=postgres://hellopet@127.0.0.1:$PGPORT/hellopet_ours
if wanted postgres; then
  serve_anew "$postgres"
  measure postgres "core idle storm" "$PG_BIN/psql -tAc 'select count(*) from messages' '$postgres'"
  measure_ceiling
fi

if wanted crowd; then
  wanted postgres || serve_anew "$postgres"
  export DATABASE_URL=$postgres
  forget crowd
  for _ in $(seq "$ROUNDS"); do
    for subject in "idle --sockets 10000 --hold 10" "connect-storm --sockets 10000"; do
      server=$(scripts/bench-server.sh restart)
      awk -v pid="$server" '/^VmRSS/ { printf "{\"cmd\":\"rss\",\"label\":\"crowd\",\"mib\":%.1f}\n", $2 / 1024 }' \
        "/proc/$server/status" >>"$results/crowd.jsonl"
      # shellcheck disable=SC2086 # the subject is a list of words
      load --base "$PUBLIC_URL" --pid "$server" --pg-pid "$PG_PID" --users "$BENCH_DATA/users.json" --label crowd \
        $subject >>"$results/crowd.jsonl"
    done
  done
fi

if wanted flood; then
  export DATABASE_URL=$postgres
  [ -n "${server:-}" ] || serve_anew "$postgres"
  server=$(scripts/bench-server.sh restart)
  scripts/npm-install.sh contract
  scripts/bench-flood.sh "$PUBLIC_URL" "$BENCH_DATA/users.json" | tee "$results/flood.md"
  node contract/faults/bench-storm.js "$PUBLIC_URL" "$BENCH_DATA/users.json" "$server" | tee "$results/storm-behind.md"
fi

if wanted signin; then
  export DATABASE_URL=$postgres
  [ -n "${server:-}" ] || serve_anew "$postgres"
  server=$(scripts/bench-server.sh restart)
  scripts/bench-signin.sh "$PUBLIC_URL" "$BENCH_DATA/users.json" | tee "$results/signin.md"
  rm -rf "$ATTACHMENTS_DIR" # some hundred megabytes of noise
fi
scripts/bench-server.sh stop

if wanted search; then
  scripts/bench-search.sh | tee "$results/search.md"
fi

if wanted lists; then
  scripts/bench-lists.sh | tee "$results/lists.md"
fi

if wanted ledger; then
  scripts/bench-ledger.sh | tee "$results/ledger.md"
fi

if wanted sqlite; then
  rm -rf "$BENCH_DATA/sqlite"
  mkdir -p "$BENCH_DATA/sqlite"
  serve_anew "sqlite://$BENCH_DATA/sqlite/hellopet.db"
  count="import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('select count(*) from messages').fetchone()[0])"
  measure sqlite core "python3 -c \"$count\" $BENCH_DATA/sqlite/hellopet.db"
  scripts/bench-server.sh stop
fi

node scripts/bench-table.mjs "$results"
