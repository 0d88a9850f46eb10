# The only thing to remember: bare `make` lists what there is.

PORT       ?= 8000
HOUSEHOLDS ?= 600
DATA_DIR   ?= var
ARGS       :=

BIN := .venv/bin
# What a user's shell may carry must not change what runs here.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONWARNINGS VIRTUAL_ENV
# Everywhere on Debian: text is UTF-8 and sorted by code, whatever the user's language.
export PYTHONUTF8 := 1
export LC_ALL := C.UTF-8

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

.PHONY: help
help: ## list these commands
	@echo "Shouxian 守线. Commands:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)$$/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '  make %-18s %s\n' "$$name" "$$text"; done
	@echo "Settings of make run: PORT=$(PORT) HOUSEHOLDS=$(HOUSEHOLDS) DATA_DIR=$(DATA_DIR). Of the test targets: ARGS='-k words'."

.PHONY: install
install: ## prepare the environment in .venv (once; quick when nothing changed)
	@deploy/bin/install.sh requirements.lock

.PHONY: install-dev
install-dev: ## the same with what tests and checks need
	@deploy/bin/install.sh requirements-dev.lock

.PHONY: install-services
install-services:
	@deploy/bin/services.sh

.PHONY: run
run: install ## create a county if there is none, play its year, serve it (PORT, HOUSEHOLDS, DATA_DIR)
	@$(BIN)/shouxian run --port "$(PORT)" --households "$(HOUSEHOLDS)" --data-dir "$(DATA_DIR)"

.PHONY: test
test: install-dev install-services ## every test but those of make arch, RabbitMQ and PostgreSQL included (started privately)
	@deploy/bin/test.sh $(ARGS)

.PHONY: chaos
chaos: install-dev install-services ## every fault test, those too long for make test included
	@$(BIN)/pytest -m chaos $(ARGS)

.PHONY: test-fast
test-fast: install-dev ## the tests that need neither RabbitMQ nor PostgreSQL
	@$(BIN)/pytest -m "not connected and not chaos" $(ARGS)

.PHONY: lint
lint: install-dev ## style of code, YAML, shell scripts and what containers are made of
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/yamllint --strict .
	$(BIN)/shellcheck .ci/run deploy/*/*.sh
	$(BIN)/hadolint deploy/Dockerfile
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec deploy/compose.yaml

.PHONY: image-test
image-test: install ## build the image's content without an engine, start a site and a worker from it (root; minutes)
	@deploy/bin/image_test.sh

.PHONY: types
types: install-dev ## mypy, strict
	$(BIN)/mypy

.PHONY: arch
arch: install-dev ## the layers and the shape of the tree
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/architecture

.PHONY: check
check: ## everything .ci/run runs: tests, lint, types, arch
	@.ci/run

.PHONY: schemas
schemas: install-dev ## write the schemas and the AsyncAPI document of the events
	$(BIN)/python -m shared.contracts.schemas

.PHONY: migrate
migrate: install ## bring every database of the settings to the newest migration
	@$(BIN)/shouxian db upgrade

.PHONY: bench
bench: install-dev install-services ## measure on RabbitMQ and PostgreSQL and print the table (minutes)
	@$(BIN)/python -m bench $(ARGS)

.PHONY: format
format: install-dev ## let ruff format the code and mend what it can
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

.PHONY: lock
lock: install-dev ## pin the dependencies again, with hashes
	@deploy/bin/lock.sh $(ARGS)

.PHONY: audit-dependencies
audit-dependencies: install-dev ## ask the network for known holes in what is locked (not part of check)
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.lock
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements-dev.lock

.PHONY: clean
clean: ## remove the environment and every cache; keeps DATA_DIR
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
