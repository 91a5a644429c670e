#!/usr/bin/env bash
# From a fresh clone to the demo at http://localhost:5000: checks the tools, builds what has changed, serves.
# Needs no key, no account and no other service. The dev profile keeps the first start short on a small machine;
# PROFILE=release takes longer to build and answers faster.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

scripts/setup.sh run
binary=$(scripts/server-build.sh "${PROFILE:-dev}")

# Named here so that the demo's people can never end up in a database that .env points to.
export DATABASE_URL=${DATABASE_URL:-sqlite://data/hellopet.db}
mkdir -p data
say "starting the demo at http://localhost:${PORT:-5000} (Ctrl-C ends it)"
exec "$binary" serve --demo
