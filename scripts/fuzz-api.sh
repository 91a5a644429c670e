#!/usr/bin/env bash
# Sends the API what its document allows and what it does not, made up by Schemathesis, as each kind of caller, and holds the
# answers against the document: `fuzz-api.sh [short|long]`, about five minutes or forty. Not part of `make test`.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

length=${1:-short}
case $length in short | long) ;; *) die "usage: fuzz-api.sh [short|long]" ;; esac

version=4.32.5
need python3 "Install Python 3.10 or newer with its venv module."
need_part contract/package.json
scripts/setup.sh test
step "contract packages" scripts/npm-install.sh contract

venv=$TARGET/schemathesis-$version
if [ ! -x "$venv/bin/schemathesis" ]; then
  python3 -m venv "$venv"
  step "Schemathesis" "$venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"
fi
HELLOPET_BIN=${HELLOPET_BIN:-$(scripts/server-build.sh)}
export HELLOPET_BIN
step "fuzzing the API ($length)" npm --prefix contract run fuzz -- "$venv/bin/schemathesis" "$length"
