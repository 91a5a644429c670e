#!/usr/bin/env bash
# The binary to deploy: optimised, the web app inside, no other file needed beside it. Its symbols are a file of their own,
# which backtraces and profilers read where it lies beside the binary.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

command -v objcopy >/dev/null || die "objcopy is missing: on Debian it is in the package binutils"
scripts/setup.sh run
built=$(scripts/server-build.sh release)
dist=$TARGET/dist
mkdir -p "$dist"
objcopy --only-keep-debug "$built" "$dist/hellopet.debug"
(cd "$dist" && objcopy --strip-all --add-gnu-debuglink=hellopet.debug "$built" hellopet)
say "built $dist/hellopet ($(($(wc -c <"$dist/hellopet") / 1048576)) MiB), its symbols in $dist/hellopet.debug"
