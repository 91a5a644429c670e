#!/usr/bin/env bash
# Takes the pictures of docs/tour, with its index, and the README's anew from the demo: every page, on a phone and on a
# desktop, light and dark.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

scripts/setup.sh test
scripts/npm-install.sh e2e
HELLOPET_BIN=${HELLOPET_BIN:-$(scripts/server-build.sh)}
CHROMIUM_BIN=${CHROMIUM_BIN:-$(command -v chromium)}
export HELLOPET_BIN CHROMIUM_BIN
npm --prefix e2e run screenshots
