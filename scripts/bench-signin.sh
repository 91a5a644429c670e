#!/usr/bin/env bash
# Measures how long it takes to sign in while large pictures are sent, against a server that runs already with
# RATE_LIMITS=off: `bench-signin.sh BASE_URL USERS_FILE`, the file as `hellopet fixture --out` writes it (its path counts
# from the root of the repository). Prints Markdown.
#
#   SIGNINS          sign-ins, each time              (300)
#   SIGNIN_UPLOADS   pictures on their way at once   (16)
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

[ $# = 2 ] || die "usage: bench-signin.sh BASE_URL USERS_FILE"
scripts/npm-install.sh contract
node contract/faults/bench-signin.js "$1" "$2" "${SIGNINS:-300}" "${SIGNIN_UPLOADS:-16}"
