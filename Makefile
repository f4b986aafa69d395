SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
LOCKS := infra/locks
INSTALL = $(BIN)/uv pip install -q --python $(BIN)/python
SELF = $(INSTALL) --no-deps --no-build-isolation -e .
.DELETE_ON_ERROR:
.PHONY: help run test check bench soak lock

help:           ## what there is to make
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/ -/'
run: .venv/.run.ok   ## everything, with its own PostgreSQL and a story to look at
	@$(BIN)/throughline up
test: .venv/.dev.ok  ## all tests (ARGS= goes to pytest)
	@$(BIN)/python -m pytest $(ARGS)
check: .venv/.dev.ok ## lint, types, contracts
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports
bench: .venv/.dev.ok ## timed ratios, side by side in one run
	@$(BIN)/python -m pytest -m bench tests/bench -s $(ARGS)
lock: .venv/.boot.ok ## compile the lock files anew
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -o $(LOCKS)/bootstrap.txt $(LOCKS)/bootstrap.in
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -o $(LOCKS)/runtime.txt pyproject.toml
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra dev -c $(LOCKS)/runtime.txt -o $(LOCKS)/dev.txt pyproject.toml
	@! grep -n '://' $(LOCKS)/*.txt
.venv/.boot.ok: $(LOCKS)/bootstrap.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or name it with PYTHON=/path/to/python3 make"; exit 1; }
	@rm -rf .venv; $(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; $(PYTHON) -m venv --without-pip .venv; }
	@if [ -x $(BIN)/pip ]; then $(BIN)/pip install -q --disable-pip-version-check --require-hashes --only-binary=:all: -r $<; \
	 else $(PYTHON) -m pip --python $(BIN)/python install -q --require-hashes --only-binary=:all: -r $<; fi
	@touch $@
.venv/.run.ok: $(LOCKS)/runtime.txt pyproject.toml .venv/.boot.ok
	@$(INSTALL) --require-hashes --only-binary :all: -r $< && $(SELF) && touch $@
.venv/.dev.ok: $(LOCKS)/dev.txt pyproject.toml .venv/.boot.ok
	@$(INSTALL) --require-hashes --only-binary :all: -r $< && $(SELF) && touch $@ .venv/.run.ok
