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

# step NAME COMMAND...: runs a program, says how long it took, and ends the script when it fails. In a lane (see below) the
# terminal, or whatever the whole prints to, is file 3: it hears how long the step took.
# The command must be a program or a script: `set -e` does not reach into a function called from here.
step() {
  local name=$1 started=$SECONDS status=0
  shift
  say "$name"
  if [ -n "${STEP_LOG:-}" ]; then
    # Not a pipe: what a step leaves running would hold it open.
    "$@" 3>&- > >(tee "$STEP_LOG.said") 2>&1 || status=$?
  else
    "$@" 3>&- || status=$?
  fi
  local took=$((SECONDS - started))
  note_time "$took" "$name$([ $status = 0 ] || echo '  FAILED')"
  if [ $status != 0 ]; then
    [ -z "${STEP_LOG:-}" ] || tail -n 15 "$STEP_LOG.said" >"$STEP_LOG.failed"
    die "'$name' failed after $took s"
  fi
  printf '    %s: %d s\n' "$name" "$took" >&2
  [ -z "${LANE:-}" ] || printf '    %s: %s: %d s\n' "$LANE" "$name" "$took" >&3
}

# note_time SECONDS WHAT: one line of the table at the end, where a script keeps one.
note_time() { [ -z "${STEP_LOG:-}" ] || printf '%6d s  %s\n' "$1" "$2" >>"$STEP_LOG"; }

# lanes FUNCTION...: runs the functions side by side, each in a shell of its own. How long their steps take is said as they
# end; all else that one prints goes to a file, which is shown when it fails. That ends the others as well.
lane_groups=()
lanes() {
  local name ended status started=$SECONDS
  local -A name_of=()
  mkdir -p "$TARGET/lanes"
  lane_temp=$(mktemp -d)
  at_exit "rm -rf -- '$lane_temp'"
  at_exit end_lanes
  trap 'exit 130' INT TERM
  say "side by side: $* (what they print is in $TARGET/lanes/)"
  for name in "$@"; do
    # A process group of its own, so that all that it has started can be ended.
    set -m
    run_lane "$name" </dev/null 3>&2 >"$TARGET/lanes/$name.log" 2>&1 &
    set +m
    lane_groups+=($!)
    name_of[$!]=$name
  done
  while [ ${#name_of[@]} -gt 0 ]; do
    status=0
    wait -n -p ended "${!name_of[@]}" || status=$?
    name=${name_of[$ended]}
    unset "name_of[$ended]"
    note_time $((SECONDS - started)) "side by side: $name$([ $status = 0 ] || echo '  FAILED')"
    [ -z "${STEP_LOG:-}" ] || sed 's/^/    /' "$TARGET/lanes/$name.steps" >>"$STEP_LOG"
    if [ $status != 0 ]; then
      end_lanes
      cat "$TARGET/lanes/$name.log" >&2
      [ -z "${STEP_LOG:-}" ] || cp -f "$TARGET/lanes/$name.steps.failed" "$STEP_LOG.failed" 2>/dev/null || true
      die "'$name' failed; all that it printed is above"
    fi
  done
  lane_groups=()
}

# run_lane FUNCTION: in its own shell. What the script itself does at its end is not for here. What tests that are ended
# leave in the temporary folder goes with it.
run_lane() {
  set +m
  exit_commands=
  export LANE=$1 STEP_LOG=$TARGET/lanes/$1.steps TMPDIR=$lane_temp
  rm -f "$STEP_LOG".*
  : >"$STEP_LOG"
  "$1"
}

# Ends what runs side by side, with everything that it has started. Scripts get the time to clean up; what is frozen or
# does not listen is killed.
end_lanes() {
  local group deadline=$((SECONDS + 20))
  for group in ${lane_groups[@]+"${lane_groups[@]}"}; do kill -- "-$group" 2>/dev/null || true; done
  for group in ${lane_groups[@]+"${lane_groups[@]}"}; do
    while kill -0 -- "-$group" 2>/dev/null; do
      [ $SECONDS -lt $deadline ] || kill -KILL -- "-$group" 2>/dev/null || true
      sleep 0.1
    done
  done
  lane_groups=()
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
