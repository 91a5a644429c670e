#!/usr/bin/env bash
# Whether what comes from others may: its licences and where it is from (deny.toml), that each of it is used, and that
# none needs a later Rust than we say. Known flaws are not looked up: their list is fetched from elsewhere.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

# Both are compiled once, which takes longer than all that they look at: for `make check`, and not in the way of `make test`.
scripts/setup.sh check
step "licences and sources" cargo deny check bans licenses sources
step "unused dependencies" cargo machete
step "oldest Rust" node scripts/oldest-rust.mjs
