#!/usr/bin/env bash
# The stories that Playwright tells in a real browser, phone-sized first, against the started binary.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

need_part e2e/package.json
scripts/setup.sh test
step "e2e packages" scripts/npm-install.sh e2e
HELLOPET_BIN=${HELLOPET_BIN:-$(scripts/server-build.sh)}
CHROMIUM_BIN=${CHROMIUM_BIN:-$(command -v chromium)}
export HELLOPET_BIN CHROMIUM_BIN
step "e2e" npm --prefix e2e test
