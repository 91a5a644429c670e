#!/usr/bin/env bash
# Whether what comes from others may: its licences and where it is from (deny.toml, npm-deny.mjs), that its licences are told
# of (third-party.txt), that each of it is used, and that none needs a later Rust than we say. Known flaws are looked up
# where their lists can be reached; where they cannot it says so, and goes on.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

# Both are compiled once, which takes longer than all that they look at: for `make check`, and not in the way of `make test`.
scripts/setup.sh check
step "licences and sources" cargo deny check bans licenses sources
step "npm packages" scripts/npm-install.sh web
step "npm licences and sources" node scripts/npm-deny.mjs
step "told licences" node scripts/third-party.mjs --check
step "unused dependencies" cargo machete
step "oldest Rust" node scripts/oldest-rust.mjs

if cargo deny fetch db; then
  step "known flaws of crates" cargo deny check advisories
else
  say "known flaws of crates were NOT looked up: the list of RustSec (github.com) cannot be reached from here"
fi
step "known flaws of npm packages" node scripts/npm-deny.mjs --advisories
