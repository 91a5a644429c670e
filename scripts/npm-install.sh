#!/usr/bin/env bash
# Installs the npm packages of one folder (`npm-install.sh web`), exactly as its lock file says, and only when that
# has changed since the last time.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

folder=${1:?usage: npm-install.sh FOLDER}
need_part "$folder/package.json"
need_part "$folder/package-lock.json"

stamp=$folder/node_modules/.hellopet-installed
# Native parts are built for one major version of Node.js.
wanted="$(cksum <"$folder/package-lock.json") node $(node -p 'process.versions.modules')"
if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then exit 0; fi

say "installing the packages of $folder/"
# The browser tests use the system's Chromium. Some packages ask for a later Node.js than they need, and npm would warn of
# each: the tests run on the one that we ask for.
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm --prefix "$folder" ci --no-audit --no-fund --loglevel=error
echo "$wanted" >"$stamp"
