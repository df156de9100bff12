# The two commands of the README are `make serve` and `make test`; everything else is for editors and developers.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed

.PHONY: serve test check bench fmt lock clean help

help:
	@echo "make serve   check and build the site, then show it on http://127.0.0.1:$(PORT)  (PORT=... changes it)"
	@echo "make test    run all tests"
	@echo "make check   lint, types, format and the whole knowledge base"
	@echo "make bench   measure speed and print a table"
	@echo "make fmt     write code and entries in their canonical form"

# Reinstalled only when the lock or the project file changed, so second runs start at once.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed (PYTHON=... names another one) / Python 3.11以降が必要です"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $(READY)

serve: $(READY)
	@$(BIN)/evreg validate
	@$(BIN)/evreg site serve --port $(PORT)

test: $(READY)
	@$(BIN)/python -m tests.run

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/evreg schema --check
	$(BIN)/evreg fmt --check
	$(BIN)/evreg validate --strict

bench: $(READY)
	@$(BIN)/python -m bench

fmt: $(READY)
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(BIN)/evreg schema
	$(BIN)/evreg fmt
	$(BIN)/evreg translations record

# Maintainers only: needs uv (https://docs.astral.sh/uv/).
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --quiet -o requirements.lock

clean:
	rm -rf $(VENV) build dist
