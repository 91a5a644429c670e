#!/usr/bin/env bash
# What can be told without a server: format, lints and types. `check.sh web` and `check.sh rust` are its two halves.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

web() {
  step "web packages" scripts/npm-install.sh web
  step "web lint and types" npm --prefix web run check
  step "contract packages" scripts/npm-install.sh contract
  step "contract types" npm --prefix contract run check
  step "e2e packages" scripts/npm-install.sh e2e
  step "e2e types" npm --prefix e2e run check
}

rust() {
  step "Rust format" cargo fmt --all --check
  # shellcheck disable=SC2086 # no flag must not become an empty one
  step "Rust lints" cargo clippy --workspace --all-targets $LOCKED -- -D warnings
}

case ${1:-both} in
  web | rust) "$1" ;;
  both)
    scripts/setup.sh run
    lanes web rust
    ;;
  *) die "usage: check.sh [web|rust]" ;;
esac
