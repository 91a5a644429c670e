#!/usr/bin/env bash
# The black-box suite: the official socket.io-client and midtrans-client against the started binary,
# once on SQLite and once on PostgreSQL. The suite itself goes through both transports.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

need_part contract/package.json
scripts/setup.sh test
start_test_postgres
step "contract packages" scripts/npm-install.sh contract
HELLOPET_BIN=${HELLOPET_BIN:-$(scripts/server-build.sh)}
export HELLOPET_BIN
step "contract on SQLite" env TEST_DATABASE_URL= npm --prefix contract test
step "contract on PostgreSQL" env TEST_DATABASE_URL="$TEST_POSTGRES_URL" npm --prefix contract test
