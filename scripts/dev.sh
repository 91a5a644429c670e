#!/usr/bin/env bash
# For working on the code: the server with the demo's data, and Vite with hot reload before it.
# Ctrl-C ends both, and so does the end of either. After a change in Rust: Ctrl-C and once more.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

scripts/setup.sh run
scripts/npm-install.sh web
mkdir -p data
export DATABASE_URL=${DATABASE_URL:-sqlite://data/hellopet.db}
# The page comes from Vite's port, so the browser names that as the origin of what it sends.
export CLIENT_ORIGIN=${CLIENT_ORIGIN:-http://localhost:5173,http://localhost:${PORT:-5000}}

say "building the server"
cargo build --package hellopet

# Each job gets a process group of its own, so that the children of npm end as well.
set -m
trap 'exit 130' INT TERM

"$TARGET/debug/hellopet" serve --demo </dev/null &
server=$!
at_exit "kill -- -$server 2>/dev/null || true"
npm --prefix web run dev </dev/null &
vite=$!
at_exit "kill -- -$vite 2>/dev/null || true"
while kill -0 $server 2>/dev/null && kill -0 $vite 2>/dev/null; do sleep 0.5; done
die "the server or Vite has ended; see above"
