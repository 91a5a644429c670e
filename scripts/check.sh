#!/usr/bin/env bash
# What can be told without a server: format, lints and types.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

scripts/setup.sh run
step "Rust format" cargo fmt --all --check
step "web packages" scripts/npm-install.sh web
step "web lint and types" npm --prefix web run check
step "contract packages" scripts/npm-install.sh contract
step "contract types" npm --prefix contract run check
# shellcheck disable=SC2086 # no flag must not become an empty one
step "Rust lints" cargo clippy --workspace --all-targets $LOCKED -- -D warnings
