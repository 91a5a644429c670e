#!/usr/bin/env bash
# Measures `hellopet ledger verify` over a long journal, on PostgreSQL and on SQLite: `bench-ledger.sh`, by bench.sh, which
# has PostgreSQL running and sets HELLOPET_BIN, BENCH_DATA and the settings of the server. Prints Markdown.
#
#   LEDGER_ENTRIES   journal entries; half as many orders and payments   (1000000)
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

entries=${LEDGER_ENTRIES:-1000000}
sql=scripts/bench-ledger
MOST_SECONDS=10

# people DATABASE_URL: an empty database with those who buy and those who are paid.
people() {
  export DATABASE_URL=$1
  "$HELLOPET_BIN" migrate >&2
  "$HELLOPET_BIN" fixture --pairs 0 --doctors 100 --idle 900 --out "$BENCH_DATA/ledger-people.json" >&2
  say "filling the books: $entries entries on ${DATABASE_URL%%:*}"
}

# timed COMMAND...: prints its seconds and the most memory that it held, in MiB.
timed() {
  python3 -c '
import resource, subprocess, sys, time
begun = time.monotonic()
subprocess.run(sys.argv[1:], check=True, stdout=sys.stderr)
seconds = time.monotonic() - begun
print(f"{seconds:.2f} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f}")' "$@"
}

# verify NAME: one row of the table. The second run finds what the first one has read in memory.
verify() {
  local first first_memory again again_memory reached
  read -r first first_memory < <(timed "$HELLOPET_BIN" ledger verify)
  read -r again again_memory < <(timed "$HELLOPET_BIN" ledger verify)
  [ -n "$first" ] && [ -n "$again" ] || die "the books do not add up"
  reached=$(awk "BEGIN { print ($first <= $MOST_SECONDS && $again <= $MOST_SECONDS) ? \"yes\" : \"no\" }")
  echo "| $1 | $first s | $again s | $first_memory / $again_memory MiB | ≤ $MOST_SECONDS s | $reached |"
}

# must_differ: after the books were cooked. A run that looked at nothing would have been fast, too.
must_differ() {
  if "$HELLOPET_BIN" ledger verify >&2; then die "the books were cooked and nobody noticed"; fi
}

# The last payment is the last one that a rule comes to.
COOK="UPDATE payments SET charged_back_amount = charged_back_amount + 1 WHERE id = (SELECT max(id::text)::uuid FROM payments)"

cat <<HEAD
| \`ledger verify\`, $entries entries | first | again | resident at the peak, first / again | asked | reached |
| --- | ---: | ---: | ---: | --- | --- |
HEAD

"$PG_BIN/dropdb" --if-exists hellopet_ledger
"$PG_BIN/createdb" hellopet_ledger
people "postgres://hellopet@127.0.0.1:$PGPORT/hellopet_ledger"
psql() { "$PG_BIN/psql" --quiet --no-psqlrc --set ON_ERROR_STOP=1 --dbname hellopet_ledger "$@"; }
psql --set orders=$((entries / 2)) --file $sql/story-postgres.sql --file $sql/books.sql
# Posted one by one, an entry takes the place of its draft; posted all at once they leave a table of twice the size.
psql --command "VACUUM FULL journal_entries" --command "VACUUM ANALYZE"
verify PostgreSQL
psql --command "$COOK"
must_differ

folder=$BENCH_DATA/ledger
rm -rf "$folder"
mkdir -p "$folder"
people "sqlite://$folder/hellopet.db"
sqlite() { sqlite3 -batch -bail "$folder/hellopet.db" >&2; }
{
  # Nothing is lost with a file that a power cut spoils; what is filled is the same.
  echo ".parameter set :orders $((entries / 2))"
  echo "PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; BEGIN;"
  cat $sql/story-sqlite.sql $sql/books.sql
  echo "COMMIT; ANALYZE;"
} | sqlite
verify SQLite
sqlite <<<"${COOK/max(id::text)::uuid/max(id)}"
must_differ
rm -rf "$folder"
