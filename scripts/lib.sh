#!/usr/bin/env bash
# What the scripts share: where things are, how they speak, how they fail, how they time a step.
# Sourced, never run; sourcing it moves to the root of the repository.
# shellcheck disable=SC2034 # the scripts that source it use what it sets

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
ROOT=$PWD
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
case $TARGET in /*) ;; *) TARGET=$ROOT/$TARGET ;; esac

# CI takes the versions of Cargo.lock as they are; at a desk a new dependency may still be written to it.
LOCKED=${CI:+--locked}

# Messages go to stderr, so that what a script prints for other programs stays clean.
say() { printf '\n==> %s\n' "$*" >&2; }

die() {
  printf '\nerror: %s\n' "$*" >&2
  exit 1
}

# need PROGRAM HINT: the hint says how to get what is missing.
need() { command -v "$1" >/dev/null 2>&1 || die "'$1' is not installed. $2"; }

# need_part FILE: a part of the project that is not there is an error, never a reason to skip its tests.
need_part() { [ -f "$1" ] || die "$1 is missing: this checkout is incomplete."; }

# at_least HAVE WANT: compares dotted versions.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# step NAME COMMAND...: runs a program, says how long it took, and ends the script when it fails.
# The command must be a program or a script: `set -e` does not reach into a function called from here.
step() {
  local name=$1 started=$SECONDS status=0
  shift
  say "$name"
  "$@" || status=$?
  local took=$((SECONDS - started))
  [ -z "${STEP_LOG:-}" ] || printf '%6d s  %s%s\n' "$took" "$name" "$([ $status = 0 ] || echo '  FAILED')" >>"$STEP_LOG"
  [ $status = 0 ] || die "'$name' failed after $took s"
  printf '    %s: %d s\n' "$name" "$took" >&2
}

# at_exit COMMAND: runs it when the script ends, however it ends; the latest first.
exit_commands=
at_exit() {
  exit_commands="{ $1; } || true; $exit_commands"
  trap 'eval "$exit_commands"' EXIT
}

# Sets TEST_POSTGRES_URL to a private cluster that ends with the calling script.
# Somebody who has set it (an outer script, or a developer with a server of their own) keeps theirs.
start_test_postgres() {
  [ -z "${TEST_POSTGRES_URL:-}" ] || return 0
  at_exit 'scripts/postgres.sh stop'
  scripts/postgres.sh start
  TEST_POSTGRES_URL=$(scripts/postgres.sh url)
  export TEST_POSTGRES_URL
}

# wait_until_ready URL PID: returns when the server answers there, fails when it died or takes over a minute.
wait_until_ready() {
  local deadline=$((SECONDS + 60))
  until node -e 'fetch(process.argv[1]).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$1"; do
    kill -0 "$2" 2>/dev/null || die "the server ended before it answered at $1"
    [ $SECONDS -lt $deadline ] || die "the server did not answer at $1 within a minute"
    sleep 0.2
  done
}
