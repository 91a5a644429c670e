#!/usr/bin/env bash
# Measures people's own lists, the connect of a socket and the start of a server among many conversations and doctors, and
# among few, on PostgreSQL: `bench-lists.sh`, by bench.sh, which has PostgreSQL running and sets HELLOPET_BIN, BENCH_DATA
# and the settings of the server. Prints Markdown.
#
#   LISTS_CONVERSATIONS   conversations, a 25th of them of one doctor       (1500000)
#   LISTS_DOCTORS         doctors, with two words each to be found by       (500000)
#   LISTS_FEW             conversations of what it is compared with; a third as many doctors   (1000)
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

conversations=${LISTS_CONVERSATIONS:-1500000}
doctors=${LISTS_DOCTORS:-500000}
few=${LISTS_FEW:-1000}
scripts/npm-install.sh contract

# measure CONVERSATIONS DOCTORS RESULT
measure() {
  "$PG_BIN/dropdb" --if-exists hellopet_lists
  "$PG_BIN/createdb" hellopet_lists
  export DATABASE_URL=postgres://hellopet@127.0.0.1:$PGPORT/hellopet_lists
  "$HELLOPET_BIN" migrate >&2
  "$HELLOPET_BIN" fixture --pairs 40 --doctors 1 --idle 0 --out "$BENCH_DATA/lists-people.json" >&2
  say "filling in $1 conversations and $2 doctors"
  "$PG_BIN/psql" --quiet --no-psqlrc --set ON_ERROR_STOP=1 --dbname hellopet_lists \
    --set conversations="$1" --set doctors="$2" --file scripts/bench-lists.sql --command "VACUUM ANALYZE" --command CHECKPOINT
  node contract/faults/bench-lists.js "$BENCH_DATA/lists-people.json" >"$3"
}

measure "$few" $((few / 3)) "$BENCH_DATA/lists-few.json"
measure "$conversations" "$doctors" "$BENCH_DATA/lists-many.json"
node scripts/bench-lists.mjs "$few" "$conversations" "$BENCH_DATA/lists-few.json" "$BENCH_DATA/lists-many.json"
"$PG_BIN/dropdb" hellopet_lists
