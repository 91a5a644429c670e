#!/usr/bin/env bash
# Forgets what the demo and the development server have stored, so that the next start begins anew.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

rm -rf -- data
say "data/ is gone; the next start makes it anew"
