#!/usr/bin/env bash
# Builds the server with the web app and prints the path of the binary: `server-build.sh [dev|release]`.
# The dev build is there much sooner and reads the web app from web/dist; the release build
# is one file that carries it.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

profile=${1:-dev}
case $profile in
  dev) folder=debug ;;
  release) folder=release ;;
  *) die "usage: server-build.sh [dev|release]" ;;
esac

scripts/web-build.sh >&2
say "building the server ($profile profile)"
# shellcheck disable=SC2086 # no flag must not become an empty one
cargo build --package hellopet --profile "$profile" $LOCKED >&2
echo "$TARGET/$folder/hellopet"
