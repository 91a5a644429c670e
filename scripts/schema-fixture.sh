#!/usr/bin/env bash
# Makes the fixture of a schema from a binary of its day: the demo, purchases in every state, and the figures that a
# later server must find again. server/tests/fixtures/README.md says what it is for.
#
#   schema-fixture.sh BINARY FOLDER
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

[ $# = 2 ] || die "usage: schema-fixture.sh BINARY FOLDER"
need node "Node.js 20.19 or newer makes the purchases."
need sqlite3 "On Debian it is the package sqlite3."
need pg_dump "On Debian it is the package postgresql-client."
binary=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
start_test_postgres
step "fixture on SQLite" node scripts/schema-fixture/make.mjs "$binary" "$folder" sqlite
step "fixture on PostgreSQL" node scripts/schema-fixture/make.mjs "$binary" "$folder" postgres "$TEST_POSTGRES_URL"
