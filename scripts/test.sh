#!/usr/bin/env bash
# Every test there is, the quick ones first; ends at the first step that fails. CI runs the same.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

for part in web contract e2e; do need_part $part/package.json; done

STEP_LOG=$(mktemp)
export STEP_LOG
# Whoever sees only the end of a long output reads there what failed.
# shellcheck disable=SC2016 # at the end, not now
at_exit 'say "time spent"; cat "$STEP_LOG" "$STEP_LOG".failed >&2 2>/dev/null; rm -f "$STEP_LOG" "$STEP_LOG".*'

step "tools" scripts/setup.sh test

nextest=(cargo nextest run --workspace)
[ -z "$LOCKED" ] || nextest+=("$LOCKED")

web() {
  scripts/check.sh web
  step "web unit tests" npm --prefix web test
  step "web build" scripts/web-build.sh
  step "web size budget" node scripts/web-budget.mjs
}
rust() {
  scripts/check.sh rust
  step "Rust test build" "${nextest[@]}" --no-run
}
# A compiler often has work for one core only.
lanes web rust

# The server among what was built is the one that all further steps ask: built for itself, it would want its dependencies
# with fewer features, and each of them once more.
export HELLOPET_BIN=$TARGET/debug/hellopet
step "generated files" scripts/generate.sh --check
nextest+=(--no-fail-fast)
step "Rust tests on SQLite" env TEST_DATABASE_URL= "${nextest[@]}"
start_test_postgres
step "Rust tests on PostgreSQL" env TEST_DATABASE_URL="$TEST_POSTGRES_URL" "${nextest[@]}"

scripts/contract.sh
# Alone: beside the suite before it pages are drawn so late that two of 27 stories ran out of time.
scripts/e2e.sh
# These hold memory under a bound and race with kills: what else runs would be measured as well.
scripts/faults.sh short
say "everything passed"
