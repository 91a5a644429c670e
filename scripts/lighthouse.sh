#!/usr/bin/env bash
# Lighthouse on the pages that most people see, from the demo, as a phone of the middle class on slow 4G sees them. Prints a
# table for docs/benchmarks.md. PROFILE=release measures what is deployed; run it on a machine that does nothing else.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

scripts/setup.sh test
scripts/npm-install.sh e2e
HELLOPET_BIN=${HELLOPET_BIN:-$(scripts/server-build.sh "${PROFILE:-dev}")}
CHROMIUM_BIN=${CHROMIUM_BIN:-$(command -v chromium)}
export HELLOPET_BIN CHROMIUM_BIN
npm --prefix e2e run lighthouse
