#!/usr/bin/env bash
# Builds the web app into web/dist, from where the server takes it; only when one of its files has changed.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

scripts/npm-install.sh web

stamp=web/node_modules/.hellopet-built
sources=$(find web \( -name node_modules -o -path web/dist -o -name coverage \) -prune -o -type f -exec cksum {} + |
  LC_ALL=C sort | cksum)
if [ -f web/dist/index.html ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sources" ]; then exit 0; fi

say "building the web app"
rm -f "$stamp"
# Without the list of its hundred files.
npm --prefix web run --silent build -- --logLevel warn
echo "$sources" >"$stamp"
