#!/usr/bin/env bash
# Lists what the program is made of (CycloneDX JSON) into target/sbom: hellopet.cdx.json has the crates of the binary, web.cdx.json
# the npm packages in what browsers get.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

scripts/setup.sh sbom
list=$TARGET/sbom
mkdir -p "$list"

# It writes beside the manifest of every member of the workspace; that of the server has the parts of all others.
at_exit 'find server platform migration crates -name hellopet-sbom.json -delete'
cargo cyclonedx --quiet --format json --spec-version 1.5 --no-build-deps --override-filename hellopet-sbom --manifest-path server/Cargo.toml
mv server/hellopet-sbom.json "$list/hellopet.cdx.json"

# Without --legacy-peer-deps npm refuses: the TipTap packages below Nuxt UI want versions of one another that it does not bring.
# None of them ships, and what does is picked from the list.
npm --prefix web sbom --sbom-format cyclonedx --package-lock-only --legacy-peer-deps | node scripts/sbom-web.mjs >"$list/web.cdx.json"
say "wrote $list/hellopet.cdx.json and web.cdx.json"
