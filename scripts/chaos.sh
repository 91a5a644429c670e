#!/usr/bin/env bash
# Many purchases with random denials, late, doubled and lost reports, cancellations, silences, refunds in part and reversals, on
# both databases; at the end every rupiah is somewhere. CHAOS_PURCHASES (1000) and CHAOS_SEED (random) choose the run.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

scripts/setup.sh test
export CHAOS_PURCHASES=${CHAOS_PURCHASES:-1000} CHAOS_SEED=${CHAOS_SEED:-$RANDOM}
say "seed $CHAOS_SEED"
chaos=(cargo nextest run -p hellopet --test stories --no-capture -E 'test(/^chaos::/)')
step "chaos on SQLite" env TEST_DATABASE_URL= "${chaos[@]}"
start_test_postgres
step "chaos on PostgreSQL" env TEST_DATABASE_URL="$TEST_POSTGRES_URL" "${chaos[@]}"
