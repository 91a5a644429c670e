#!/usr/bin/env bash
# Kills servers while people write, floods them and lets clients hang, on SQLite and on a PostgreSQL that keeps every
# promise of durability: `faults.sh [short|long]`. What the variables of a single run mean is in contract/README.md.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

length=${1:-short}
case $length in short | long) ;; *) die "usage: faults.sh [short|long]" ;; esac

need_part contract/package.json
scripts/setup.sh test
step "contract packages" scripts/npm-install.sh contract
HELLOPET_BIN=${HELLOPET_BIN:-$(scripts/server-build.sh)}
export HELLOPET_BIN FAULT_LENGTH=$length

at_exit 'scripts/postgres.sh stop --durable'
scripts/postgres.sh start --durable
durable=$(scripts/postgres.sh url --durable)
step "faults on SQLite ($length)" env TEST_DATABASE_URL= npm --prefix contract run faults
step "faults on PostgreSQL ($length)" env TEST_DATABASE_URL="$durable" npm --prefix contract run faults
