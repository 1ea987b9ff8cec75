# Two commands do everything: `make dev` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup dev test check format build build-dev seed reset bench coverage mutants screenshots audit-verify deny

export PORT ?= 8787
SIZE ?= small
NODE := node_modules/.bin/node --disable-warning=ExperimentalWarning

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: ## Bring npm packages, the wasm target, tools and local secrets
	@scripts/prerequisites
	@node scripts/setup.mjs

dev: setup ## Build, migrate, seed and serve at http://localhost:$PORT
	@$(NODE) scripts/dev.mjs

test: setup ## Everything that must hold: about the whole product
	@scripts/prerequisites --test
	@$(NODE) scripts/test.mjs

check: setup ## The quick part of the tests: format, lints, native tests
	@$(NODE) scripts/test.mjs check

format: ## Format the Rust sources
	@cargo fmt --all

build: setup ## The release build, as it is deployed
	@$(NODE) scripts/build.mjs --release

build-dev: setup ## The development build, as `make dev` serves it
	@$(NODE) scripts/build.mjs

seed: setup ## Begin with fresh demo data: SIZE=small or SIZE=full
	@$(NODE) scripts/demo.mjs --size $(SIZE)

reset: ## Throw the local state and the demo logins away
	@node scripts/reset.mjs

bench: setup ## Measure SIZE=full against the budgets and print the table
	@$(NODE) scripts/bench.mjs

coverage: setup ## Line coverage of the native tests
	@$(NODE) scripts/coverage.mjs

mutants: setup ## Break what guards sign-ins and rights, and see that tests notice: SHARD=0/8
	@$(NODE) scripts/mutants.mjs

screenshots: setup ## Take the pictures of docs/screenshots in Chromium
	@scripts/prerequisites --browser
	@$(NODE) scripts/screenshots.mjs

audit-verify: setup ## Check the audit log of every demo tenant of the running product at $PORT
	@$(NODE) scripts/audit-verify.mjs

deny: setup ## Licences, sources and duplicate versions of what we depend on
	@$(NODE) scripts/test.mjs deny
