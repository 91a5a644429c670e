#!/usr/bin/env bash
# Makes sure that this machine has the tools for a task: `setup.sh run` what it takes to build and run, `setup.sh check`
# also what looks at dependencies, `setup.sh sbom` what lists them, `setup.sh test` also what the tests start. Root gets missing Debian packages
# installed; anybody else, and anybody on another system, is told what to install. Nothing that is already there is
# touched.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

task=${1:-run}
case $task in run | check | sbom | test) ;; *) die "usage: setup.sh run|check|sbom|test" ;; esac

missing=()
want() { # want PACKAGE CHECK...: notes the Debian package down when the check fails
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}

has_postgres_server() { scripts/postgres.sh bin; }
has_chromium() { [ -x "${CHROMIUM_BIN:-$(command -v chromium)}" ]; }

# A package that starts a service does so on install; the tests start their own, on ports of their own.
install_without_starting_services() {
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    at_exit "rm -f $policy"
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod +x $policy
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends -o Acquire::Retries=3 "$@"
}

want build-essential command -v cc
want pkg-config command -v pkg-config
if [ "$task" = test ]; then
  [ -n "${TEST_POSTGRES_URL:-}" ] || want postgresql has_postgres_server
  want redis-server command -v redis-server
  # The fault tests read the database past the server.
  want sqlite3 command -v sqlite3
  # Tells the server of a story that it is later.
  want faketime command -v faketime
  # Reads the PDF transcripts that the tests ask for.
  want poppler-utils command -v pdftotext
  # Chromium draws nothing readable without one font.
  has_chromium || missing+=(chromium fonts-liberation)
fi

if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null 2>&1; then
    die "please install what Debian calls: ${missing[*]}"
  elif [ "$(id -u)" != 0 ]; then
    die "some packages are missing. Please run: sudo apt-get install ${missing[*]}"
  fi
  say "installing ${missing[*]}"
  install_without_starting_services "${missing[@]}"
fi

rust_wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
need cargo "Install Rust $rust_wanted or newer with rustup: https://rustup.rs"
rust_found=$(rustc --version | cut -d ' ' -f 2)
at_least "$rust_found" "$rust_wanted" || die "Rust $rust_found is too old, $rust_wanted is needed. Please run: rustup update stable"

# Vite needs a later version 20 than the first ones.
node_wanted=20.19
need node "Install Node.js $node_wanted or newer: https://nodejs.org"
need npm "It comes with Node.js; on Debian it is a package of its own: npm"
node_found=$(node --version)
at_least "${node_found#v}" $node_wanted || die "Node.js ${node_found#v} is too old, $node_wanted is needed: https://nodejs.org"

cargo_tools() { # cargo_tools NAME[@VERSION]...: what `cargo NAME` runs
  local name
  for name in "$@"; do
    cargo "${name%@*}" --version >/dev/null 2>&1 && continue
    say "installing cargo-$name (once, some minutes)"
    cargo install "cargo-$name" --locked
  done
}

case $task in
  check) cargo_tools deny machete ;;
  sbom) cargo_tools cyclonedx@0.5.9 ;;
  test) cargo_tools nextest ;;
esac
