SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
LOCKS := infra/locks
INSTALL = $(BIN)/uv pip install -q --python $(BIN)/python
SELF = $(INSTALL) --no-deps --no-build-isolation -e .
.DELETE_ON_ERROR:
.PHONY: help run test check bench soak lock ours

help:           ## what there is to make
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/ -/'
run: ours .venv/.run.ok   ## everything, with its own PostgreSQL and a story to look at
	@exec $(BIN)/throughline up
test: ours .venv/.dev.ok  ## all tests (ARGS= goes to pytest)
	@$(BIN)/python -m pytest -n 3 --dist loadfile $(ARGS)
check: ours .venv/.dev.ok ## lint, types, contracts
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports
bench: ours .venv/.dev.ok ## timed ratios, side by side in one run (ARGS=--quick, or ARGS=--help)
	@$(BIN)/python -m tests.bench $(ARGS)
soak: ours .venv/.dev.ok ## long loops: kill -9 and start again, many times
	@$(BIN)/python -m pytest -m soak -s $(ARGS)
lock: ours .venv/.boot.ok ## compile the lock files anew
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -o $(LOCKS)/bootstrap.txt $(LOCKS)/bootstrap.in
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -o $(LOCKS)/runtime.txt pyproject.toml
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra dev -c $(LOCKS)/runtime.txt -o $(LOCKS)/dev.txt pyproject.toml
	@! grep -n '://' $(LOCKS)/*.txt
	@touch .venv/.boot.ok  # what was compiled just now by this .venv is no reason to make it anew
ours:
	@for path in .venv .data; do test ! -e $$path || test -w $$path || { \
	 echo "$$path belongs to `ls -ld $$path | awk '{print $$3}'`, and you are `id -un`: run make as that account,"; \
	 echo "or remove what it made (sudo rm -rf .venv .data; that deletes the embedded database) and begin anew."; exit 1; }; done
.venv/.boot.ok: $(LOCKS)/bootstrap.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or name it with PYTHON=/path/to/python3 make"; exit 1; }
	@echo "making .venv with $(PYTHON)"
	@rm -rf .venv; $(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; $(PYTHON) -m venv --without-pip .venv; }
	@if [ -x $(BIN)/pip ]; then $(BIN)/pip install -q --disable-pip-version-check --require-hashes --only-binary=:all: -r $<; \
	 else $(PYTHON) -m pip --python $(BIN)/python install -q --require-hashes --only-binary=:all: -r $<; fi
	@touch $@
.venv/.run.ok: $(LOCKS)/runtime.txt pyproject.toml .venv/.boot.ok
	@echo "installing what $< names"
	@$(INSTALL) --require-hashes --only-binary :all: -r $< && $(SELF) && touch $@
.venv/.dev.ok: $(LOCKS)/dev.txt pyproject.toml .venv/.boot.ok
	@echo "installing what $< names"
	@$(INSTALL) --require-hashes --only-binary :all: -r $< && $(SELF) && touch $@ .venv/.run.ok
