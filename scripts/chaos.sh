#!/usr/bin/env bash
# Many purchases with random denials, late, doubled and lost reports, cancellations, silences, refunds in part and reversals, on
# both databases; at the end every rupiah is somewhere. CHAOS_PURCHASES (1000) and CHAOS_SEED (random) choose the run. Then a
# thousand more from outside, while the server is killed again and again.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

scripts/setup.sh test
export CHAOS_PURCHASES=${CHAOS_PURCHASES:-1000} CHAOS_SEED=${CHAOS_SEED:-$RANDOM}
say "seed $CHAOS_SEED"
# The whole workspace, as `make test` has built it: alone, this package would want its dependencies built once more.
chaos=(cargo nextest run --workspace --no-capture -E 'test(/^chaos::/)')
step "chaos on SQLite" env TEST_DATABASE_URL= "${chaos[@]}"
start_test_postgres
step "chaos on PostgreSQL" env TEST_DATABASE_URL="$TEST_POSTGRES_URL" "${chaos[@]}"

export HELLOPET_BIN=${HELLOPET_BIN:-$TARGET/debug/hellopet} FAULT_LENGTH=long
step "contract packages" scripts/npm-install.sh contract
step "purchases while servers are killed, on SQLite" env TEST_DATABASE_URL= npm --prefix contract run chaos
step "purchases while servers are killed, on PostgreSQL" env TEST_DATABASE_URL="$TEST_POSTGRES_URL" npm --prefix contract run chaos
