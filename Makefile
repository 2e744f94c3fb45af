# What this project can do: make help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What is installed is newer than what says it should be.
STAMP := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
NPM := node_modules/.package-lock.json

.DEFAULT_GOAL := help

help: ## show this
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/  \1|\2/' | column -t -s '|'

install: $(STAMP) ## make .venv with the facilitator command in it

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(DEV): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(NPM): package.json package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent --no-audit --no-fund; \
	else echo "No npm here: the browser code is not checked."; fi

demo: install ## serve the sample forum with simulated participants (ARGS="--participants 24")
	$(BIN)/facilitator demo $(ARGS)

run: install ## serve your own forums (ARGS="--host 0.0.0.0")
	$(BIN)/facilitator serve $(ARGS)

browser: $(DEV) ## install the browser that the tests drive
	@tests/install-browser

test: test-py test-js ## the whole suite

test-py: $(DEV) $(NPM) browser
	$(BIN)/python -m pytest -n 2 --dist loadfile -rs $(ARGS)

test-js: $(NPM)
	@if [ -d node_modules ]; then node --test $(wildcard tests/js/*.test.js); else echo "SKIPPED: no Node, so no tests of the browser code alone."; fi

lint: $(DEV) $(NPM) ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@if [ -d node_modules ]; then npx --no-install tsc --noEmit; else echo "SKIPPED: no Node, so no types of the browser code."; fi

check: lint test-js ## before every commit: format, lint, types, fast tests
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not e2e"

e2e: $(DEV) browser ## only the tests in a real browser
	$(BIN)/python -m pytest -m e2e $(ARGS)

bench: $(DEV) ## how fast it is, as ratios of one run
	$(BIN)/python -m tests.load.bench $(ARGS)
	$(BIN)/python -m tests.load.plenary
	$(BIN)/python -m tests.load.live
	$(BIN)/python -m tests.load.sizes
	$(BIN)/python -m tests.load.fuzz
	$(BIN)/python -m tests.load.typist --keys 400
	$(BIN)/python -m tests.load.coediting --seeds 1-3

soak: $(DEV) ## long runs of faults and fuzzing
	SOAK=1 $(BIN)/python -m pytest -m "slow" $(ARGS)

screenshots: $(DEV) browser ## pictures of every screen into test-results/screens, and those of docs/
	SCREENSHOTS=test-results/screens PICTURES=1 $(BIN)/python -m pytest -m e2e tests/e2e

samples: $(DEV) ## render the sample document into docs/samples, with pictures of some of its pages
	$(BIN)/python -m tests.samples

vendor: ## fetch the browser's third-party modules anew
	npm ci --no-audit --no-fund && node facilitator/static/vendor/build.mjs

words: $(DEV) ## collect the sentences into the catalogues of all languages
	$(BIN)/python -m facilitator.translations

protocol: $(DEV) ## write docs/protocol.md from the registry of actions
	$(BIN)/python -m facilitator.protocol

constraints: $(DEV) ## note the versions that the tests run with
	$(BIN)/python -m pip freeze --exclude-editable --exclude facilitator | grep -v '^-e' > constraints.txt

.PHONY: help install demo run browser test test-py test-js lint check e2e bench soak screenshots samples vendor words protocol constraints
