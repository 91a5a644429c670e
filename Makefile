# Every command a developer types. The work is in scripts/, each of which says what it is for.

SHELL := bash
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

.PHONY: help run dev build check test e2e contract faults chaos fuzz bench lighthouse sbom generate screenshots fmt clean-data

help: ## show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

run: ## set up what is missing and serve the demo at http://localhost:5000
	@scripts/run.sh

dev: ## serve the demo with hot reload of the web app; Ctrl-C ends both
	@scripts/dev.sh

build: ## build target/dist/hellopet, with the web app inside
	@scripts/build.sh

check: ## format, lints, types, dependencies, and generated files still true
	@scripts/check.sh
	@scripts/dependencies.sh
	@scripts/generate.sh --check

test: ## every test there is, on both databases; what CI runs
	@scripts/test.sh

e2e: ## only the browser stories
	@scripts/e2e.sh

contract: ## only the black-box suite with the official clients, and short faults
	@scripts/contract.sh
	@scripts/faults.sh short

faults: ## the long fault, flood and slow-reader tests: about half an hour
	@scripts/faults.sh long

chaos: ## a thousand purchases with everything that can go wrong, on both databases
	@scripts/chaos.sh

fuzz: ## what nobody would send the API, as each kind of caller: about forty minutes
	@scripts/fuzz-api.sh long

bench: ## measure the release build with the load harness in BENCH_DIR
	@scripts/bench.sh

lighthouse: ## measure how fast pages are on a slow phone
	@scripts/lighthouse.sh

sbom: ## list the parts of the program as CycloneDX JSON, in target/sbom
	@scripts/sbom.sh

generate: ## rewrite the OpenAPI document, the web app's types, the ER diagram and third-party.txt
	@scripts/generate.sh

screenshots: ## take a picture of every page into docs/tour, and the README's
	@scripts/screenshots.sh

fmt: ## format the server's code and the web app's
	@cargo fmt --all
	@npm --prefix web run format

clean-data: ## forget what the demo has stored in data/
	@scripts/clean-data.sh
