#!/usr/bin/env bash
# Measures the release build with the shared load harness, on a private PostgreSQL that keeps every promise of
# durability, and prints medians over the rounds. Absolute figures depend on the machine and what else it does:
# compare only results of one sitting.
#
#   BENCH_DIR   the harness                                    (../shared/bench)
#   ROUNDS      rounds                                          (3)
#   SUITES      what each round runs: core idle storm limits    (core)
#   BASELINE    a result file to compare with                   (none)
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

harness=${BENCH_DIR:-$ROOT/../shared/bench}
[ -x "$harness/run.sh" ] || die "the load harness is not at $harness: set BENCH_DIR"

scripts/setup.sh test
HELLOPET_BIN=$(scripts/server-build.sh release)

export BENCH_DATA=$TARGET/bench
results=$BENCH_DATA/results/hellopet.jsonl
mkdir -p "$BENCH_DATA"
rm -f "$results"
# From here on only the harness is compiled; it looks for its own binary in this folder.
export CARGO_TARGET_DIR=$BENCH_DATA/load
say "building the harness"
cargo build --release --locked --manifest-path "$harness/load/Cargo.toml"

say "preparing the database"
PG_BIN=$(scripts/postgres.sh bin)
export PG_BIN
stop_postgres() { [ ! -f "$BENCH_DATA/pg.env" ] || "$harness/pg.sh" stop; }
stop_postgres || true # what a killed run has left behind
at_exit stop_postgres
"$harness/pg.sh" start
# shellcheck source=/dev/null
. "$BENCH_DATA/pg.env"
export DATABASE_URL=postgres://hellopet@127.0.0.1:$PGPORT/hellopet
# Everything comes from one address, and no line is logged per request: as for every server measured with it.
export HELLOPET_BIN RATE_LIMITS=off LOG=warn PORT=${PORT:-5001}
export JWT_SECRET=bench-secret-of-at-least-32-characters
export CLIENT_ORIGIN=https://hellopet.site PUBLIC_URL=http://127.0.0.1:$PORT
users=$BENCH_DATA/users.json
"$HELLOPET_BIN" migrate
"$HELLOPET_BIN" fixture --pairs 128 --doctors 100 --idle 2000 --out "$users"

at_exit 'scripts/bench-server.sh stop'
server=$(scripts/bench-server.sh restart)
say "measuring"
LABEL=hellopet PG_PID=$PG_PID SUITES=${SUITES:-core} \
  RESTART_CMD="$ROOT/scripts/bench-server.sh restart" \
  COUNT_CMD="$PG_BIN/psql -tAc 'select count(*) from messages' '$DATABASE_URL'" \
  "$harness/run.sh" "http://127.0.0.1:$PORT" "$server" "$users" "$results"

node "$harness/summary.mjs" ${BASELINE:+"$BASELINE"} "$results"
