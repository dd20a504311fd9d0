# Every verb sets up what it needs: a fresh machine with python3 and make is enough.

# The first of these that is Python 3.11 or later; override with `make PYTHON=/path/to/python`.
PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RUNTIME := $(VENV)/.runtime
TEST_TIME := $(VENV)/.test-minutes
JOBS ?= 2
PARALLEL := -n $(JOBS) --dist loadgroup
PYTEST := $(BIN)/python -m pytest
CHECKED := ddconf tests benchmarks docs

.PHONY: live clients shippers journeys help install test quick lint format format-check types golden kind docs picture \
	pictures emulator demo dist site bench conformance conformance-shrink fuzz soak clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

install: $(READY) ## set up .venv with ddconf and what its development needs

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "ddconf needs Python 3.11 or later; none found" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

$(RUNTIME): pyproject.toml
	@test -n "$(PYTHON)" || { echo "ddconf needs Python 3.11 or later; none found" >&2; exit 1; }
	@test -e $(READY) || { \
		echo "Installing ddconf and what it needs to run into $(VENV):"; \
		$(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --disable-pip-version-check -e .; }
	@touch $@

test: install ## all tests; tells first how long they took here last
	@if test -s $(TEST_TIME); then echo "All tests took `cat $(TEST_TIME)` minutes here last time."; \
	else echo "All tests take a while on $(JOBS) processes (JOBS=N for others); \`make quick\` is the short run."; fi
	@begun=`date +%s`; $(PYTEST) $(PARALLEL) && echo $$(( (`date +%s` - begun + 59) / 60 )) > $(TEST_TIME)

quick: install ## the tests that take no more than a few seconds
	$(PYTEST) $(PARALLEL) -m 'not slow'

lint: install ## ruff's rules
	$(BIN)/ruff check $(CHECKED)

format: install ## rewrite the code as ruff formats it
	$(BIN)/ruff format $(CHECKED)

format-check: install ## whether the code is as ruff formats it
	$(BIN)/ruff format --check $(CHECKED)

types: install ## mypy --strict
	$(BIN)/mypy --strict ddconf

golden: install ## rewrite the expected outputs under tests/golden; review the difference
	DDCONF_GOLDEN=write $(PYTEST) tests/golden

kind: install ## print a first draft of a kind's file: make kind NAME=team_link [API_PATH=/api/v2/team/{team_id}/links]
	@$(BIN)/python -m tests.kinds.draft $(NAME) $(API_PATH)

shippers: ## install what the tests with real shippers need: npm, Go, Maven; syslog-ng by the system's packages
	mkdir -p .shippers/statsd-go
	-command -v npm >/dev/null && npm install --silent --no-fund --no-audit --prefix .shippers hot-shots@17
	-command -v mvn >/dev/null && for part in api core layout-template-json; do mvn -q -B dependency:copy \
		-Dartifact=org.apache.logging.log4j:log4j-$$part:2.24.3 -DoutputDirectory=.shippers/log4j; done
	-command -v go >/dev/null && cp tests/shippers/statsd.go .shippers/statsd-go/main.go && cd .shippers/statsd-go && \
		printf 'module statsd\n\ngo 1.22\n' > go.mod && \
		go get github.com/DataDog/datadog-go/v5@v5.6.0 && go build -o statsd .

clients: ## install Datadog's client for TypeScript, which the tests with foreign clients call
	mkdir -p .clients
	-command -v npm >/dev/null && npm install --silent --no-fund --no-audit --prefix .clients \
		@datadog/datadog-api-client@1.64

live: install ## a living sandbox with the shipped definitions and traffic that never ends, to look at
	@$(BIN)/ddconf -C $$(mktemp -d) sandbox start --seed definitions --dogstatsd 8125 & server=$$!; \
	trap 'kill $$server' INT TERM; \
	until $(BIN)/ddconf sandbox health >/dev/null 2>&1; do sleep 0.3; done; \
	echo "Look at http://127.0.0.1:8127/ (Ctrl-C stops it)"; \
	$(BIN)/python examples/live/traffic.py http://127.0.0.1:8127 8125; \
	kill $$server 2>/dev/null; wait $$server

journeys: ## install the servers that the stories keep state on: versitygw by Go, Azurite by npm
	mkdir -p .journeys/bin
	-command -v npm >/dev/null && npm install --silent --no-fund --no-audit --prefix .journeys azurite@3
	-command -v go >/dev/null && GOBIN="$(CURDIR)/.journeys/bin" go install github.com/versity/versitygw/cmd/versitygw@v1.8.0

docs: install ## rewrite what follows from the code: docs/cli.md, docs/kinds.md, ddconf/cli/help.txt
	$(BIN)/python -m docs.generate

site: install ## build the documentation as pages to read offline: build/site/index.html
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[site]'
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

pictures: install ## rewrite docs/images from real logs: make pictures [DDCONF_CORPUS=DIR]
	$(if $(DDCONF_CORPUS),DDCONF_CORPUS=$(DDCONF_CORPUS)) $(BIN)/python -m docs.pictures

picture: install ## rewrite the README's picture of a plan
	$(BIN)/python -m docs.picture

demo: $(RUNTIME) ## validate, plan, apply, plan again and export definitions/ on the sandbox
	@PATH="$(CURDIR)/$(BIN):$$PATH" docs/demo.sh

emulator: install ## serve a sandbox organisation on this machine until stopped
	$(BIN)/ddconf sandbox start

dist: install ## build wheel, sdist, single file and SBOM into dist/, and check them in an empty environment
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[release]'
	rm -rf dist build
	$(BIN)/python -m build --outdir dist .
	$(BIN)/python -m twine check --strict dist/*
	$(PYTHON) -m venv dist/.check
	dist/.check/bin/python -m pip install --quiet --disable-pip-version-check dist/*.whl
	dist/.check/bin/ddconf --version
	dist/.check/bin/ddconf -C definitions validate
	$(BIN)/cyclonedx-py environment dist/.check --output-format JSON --output-file dist/sbom.cdx.json
	rm -rf dist/.check
	$(BIN)/shiv --console-script ddconf --python '/usr/bin/env python3' --compressed --output-file dist/ddconf.pyz dist/*.whl
	$(PYTHON) dist/ddconf.pyz --version
	ls -l dist

bench: install ## measure speed, as ratios within one run
	$(BIN)/python -m benchmarks

conformance: install ## measure against recorded material: make conformance [CORPUS=DIR] [JSON=FILE]
	$(BIN)/python -m tests.conformance $(CORPUS) $(if $(JSON),--json $(JSON))

conformance-shrink: install ## strike what passes now from tests/conformance/known
	$(BIN)/python -m tests.conformance --shrink

fuzz: RUNS ?= 1000000
fuzz: install ## very many random inputs for every law and both languages: make fuzz RUNS=1000000
	for file in tests/fuzz/[a-z]*.py; do \
		$(BIN)/python -m tests.fuzz.$$(basename $$file .py) --runs $(RUNS) || exit 1; done
	$(PYTEST) $(PARALLEL) -m hypothesis --hypothesis-profile=fuzz

soak: install ## the stories with every fault at every request, for as long as it takes
	DDCONF_SOAK=1 $(PYTEST) $(PARALLEL) tests/e2e

clean: ## remove everything that was made
	rm -rf $(VENV) build dist demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
