#!/usr/bin/env bash
# The binary to deploy: optimised, the web app inside, no other file needed beside it.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

scripts/setup.sh run
binary=$(scripts/server-build.sh release)
say "built $binary ($(($(wc -c <"$binary") / 1048576)) MiB)"
