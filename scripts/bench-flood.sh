#!/usr/bin/env bash
# Measures what other pairs notice of a flood and of slow readers, against a server that runs already with
# RATE_LIMITS=off: `bench-flood.sh BASE_URL USERS_FILE`, the file as `hellopet fixture --out` writes it
# (its path counts from the root of the repository).
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

[ $# = 2 ] || die "usage: bench-flood.sh BASE_URL USERS_FILE"
scripts/npm-install.sh contract
node contract/faults/bench-flood.js "$1" "$2"
