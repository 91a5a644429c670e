#!/usr/bin/env bash
# Writes what is derived from the server's code: the OpenAPI document, the web app's types made from it,
# and the picture of the tables; and the licences of what others made. `generate.sh --check` fails when that changed a file, and names it.
# HELLOPET_BIN is the server that is asked, unless it is to be built for this.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

check=${1:-}
scripts/npm-install.sh web

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
checksums() { find web docs \( -name node_modules -o -path web/dist \) -prune -o -type f -exec cksum {} + | LC_ALL=C sort; }

if [ -z "${HELLOPET_BIN:-}" ]; then
  # shellcheck disable=SC2086 # no flag must not become an empty one
  cargo build --package hellopet $LOCKED
  HELLOPET_BIN=$TARGET/debug/hellopet
fi
checksums >"$work/before"

# By way of a temporary file: a command that fails must not leave half a document.
"$HELLOPET_BIN" openapi >"$work/openapi.json"
"$HELLOPET_BIN" er-diagram >"$work/er-diagram.md"
cp "$work/openapi.json" web/openapi.json
cp "$work/er-diagram.md" docs/er-diagram.md
npm --prefix web run generate

if [ "$check" != --check ]; then
  # Whether it is still true is asked beside the other questions about dependencies (dependencies.sh).
  node scripts/third-party.mjs
  exit
fi

checksums >"$work/after"
if ! changes=$(diff "$work/before" "$work/after"); then
  printf '%s\n' "$changes" | sed -n 's/^[<>] [0-9]* [0-9]* /  /p' | sort -u >&2
  die "these files were stale. They are fresh now: commit them."
fi
