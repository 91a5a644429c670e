#!/usr/bin/env bash
# Measures the search among 100,000 doctors, with the plans of its queries: `bench-search.sh`, by bench.sh, which has
# PostgreSQL running and sets HELLOPET_BIN, BENCH_DATA and the settings of the server. Prints Markdown.
#
#   SEARCH_DOCTORS   how many doctors there are   (100000)
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

doctors=${SEARCH_DOCTORS:-100000}
at_exit 'scripts/bench-server.sh stop'

# measure NAME DATABASE_URL
measure() {
  export DATABASE_URL=$2
  "$HELLOPET_BIN" migrate
  "$HELLOPET_BIN" fixture --pairs 0 --doctors "$doctors" --idle 0 --out "$BENCH_DATA/doctors.json" >&2
  scripts/bench-server.sh restart >/dev/null
  echo "### $1, $doctors doctors"
  echo
  node scripts/bench-search.mjs "$PUBLIC_URL"
  scripts/bench-server.sh stop
  "$HELLOPET_BIN" search-plans
}

"$PG_BIN/dropdb" --if-exists hellopet_search
"$PG_BIN/createdb" hellopet_search
measure PostgreSQL "postgres://hellopet@127.0.0.1:$PGPORT/hellopet_search"
rm -rf "$BENCH_DATA/search"
mkdir -p "$BENCH_DATA/search"
measure SQLite "sqlite://$BENCH_DATA/search/hellopet.db"
