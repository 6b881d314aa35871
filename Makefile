# One environment in .venv, made from the lock files. A stamp is written only after pip succeeded, so a failed
# install is tried again; while the stamps are newer than the locks, nothing here needs a network.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
PIP_INSTALL := $(PIP) install --require-hashes --requirement
# The build tools come from the lock, hence no isolated build environment filled from wherever.
INSTALL_PROJECT := $(PIP) install --no-deps --no-build-isolation --editable .
UV_VERSION := 0.13.9

HOST ?= 127.0.0.1
PORT ?= 50051
ARGS ?=
# Only used to create .venv. A name on PATH may be a shim that does not run, so each is tried by running it; those
# on which the engine `durable` runs come first.
PYTHON ?=
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3.12 python3.11 python3.13 python3.14 python3)
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
TAKES_DURABLE := import sys; sys.exit(sys.version_info >= (3, 13))

CHECKED := scorers service tests
PROTOS := $(wildcard proto/scorewright/v1/*.proto)

.DEFAULT_GOAL := help
.PHONY: help serve dev test test-wheel test-clients long lint breaking format lock proto reference bench durable try-durable clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(VENV)/runtime.stamp ## start the gRPC server with the shipped rulebooks (HOST, PORT, ARGS)
	@exec $(BIN)/scorewright serve --host $(HOST) --port $(PORT) $(ARGS)

dev: $(VENV)/dev.stamp ## make .venv with everything that developing needs

# Three for two cores: some tests wait for processes, databases and clocks.
test: lint try-durable ## run all that CI runs (ARGS go to pytest)
	$(BIN)/python -m pytest -n 3 $(ARGS)
	$(BIN)/scorewright check rules
	$(BIN)/scorewright test rules

test-wheel: $(VENV)/dev.stamp ## install the wheel with each Python of this machine, and use it
	$(BIN)/python -m tests.wheel.pythons

test-clients: $(VENV)/dev.stamp ## call a server from the clients of docs/clients; what is not installed is skipped
	$(BIN)/python -m pytest tests/clients/calls.py $(ARGS)

long: $(VENV)/dev.stamp ## go a million ways to the next band, for hours (ARGS go to tests/long/ways.py)
	$(BIN)/python -m tests.long.ways $(ARGS)

lint: $(VENV)/dev.stamp ## style, types, import contracts, and the proto
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CHECKED)
	$(BIN)/lint-imports --no-logo
	BUF_CACHE_DIR="$(CURDIR)/$(VENV)/buf" $(BIN)/buf lint proto
	@$(MAKE) --no-print-directory --silent breaking

# What callers were promised: the proto may grow and never changes, against where this branch left main.
breaking: $(VENV)/dev.stamp ## hold the proto against the one that is on main
	@base=$$(git merge-base HEAD origin/main 2>/dev/null || git merge-base HEAD main 2>/dev/null); \
	if [ -z "$$base" ] || ! git cat-file -e "$$base:proto/buf.yaml" 2>/dev/null; then \
	  echo 'SKIPPED: the proto is not held against main: there is no main here that this branch left'; \
	else \
	  rm -rf $(VENV)/main && mkdir -p $(VENV)/main && git archive "$$base" proto | tar -x -C $(VENV)/main && \
	  BUF_CACHE_DIR="$(CURDIR)/$(VENV)/buf" $(BIN)/buf breaking proto --against $(VENV)/main/proto; \
	fi

format: $(VENV)/dev.stamp ## rewrite the Python code in the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

proto: $(VENV)/dev.stamp ## regenerate service/scorewright/v1 from proto/
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m grpc_tools.protoc -I proto \
	  --python_out=service --grpc_python_out=service --mypy_out=service --mypy_grpc_out=service \
	  $(PROTOS:proto/%=%)

reference: $(VENV)/dev.stamp ## write docs/reference and docs/pictures from the code
	$(BIN)/python -m scorewright.cli.reference_pages docs/reference rules tests/data/everything.yaml tests/data/everything.tests.yaml
	$(BIN)/python docs/pictures.py

bench: $(VENV)/bench.stamp ## measure speed against other engines (ARGS go to the benchmarks)
	$(BIN)/python -m benchmarks $(ARGS)

durable: $(VENV)/durable.stamp ## add the optional Rete engine to .venv (needs a C compiler)

# Where the Rete engine cannot be built, its tests are skipped and all others run; this says so.
try-durable: $(VENV)/dev.stamp
	@if ! command -v $(CC) >/dev/null; then \
	  echo 'SKIPPED: the engine durable is not tested: there is no C compiler `$(CC)`'; \
	elif ! $(BIN)/python -c '$(TAKES_DURABLE)'; then \
	  echo 'SKIPPED: the engine durable is not tested: it runs on Python 3.11 and 3.12'; \
	elif ! $(MAKE) --no-print-directory --silent durable; then \
	  echo 'SKIPPED: the engine durable is not tested: it could not be built, see above'; \
	fi

lock: $(VENV)/uv/bin/uv ## resolve the lock files anew (ARGS=--upgrade for newer versions)
	$(call compile,requirements.lock,--extra server --group build)
	$(call compile,requirements-dev.lock,--extra server --extra postgres --group build --group dev --constraints requirements.lock)
	$(call compile,requirements-bench.lock,--group benchmarks --constraints requirements-dev.lock)
	$(call compile,requirements-durable.lock,--extra durable --constraints requirements.lock)

clean: ## delete the environment, caches and build output
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find scorers service tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# $(call compile,LOCK,OPTIONS): one lock for every platform and for Python 3.11 and newer, without the name of any index.
define compile
$(VENV)/uv/bin/uv pip compile pyproject.toml --quiet --no-config --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	  $(2) --output-file $(1) $(ARGS)
endef

$(BIN)/python:
	@for python in $(CANDIDATES); do \
	  if "$$python" -c '$(USABLE)' >/dev/null 2>&1; then \
	    echo "creating $(VENV) with $$python"; \
	    exec "$$python" -m venv --clear $(VENV); \
	  fi; \
	done; \
	echo >&2 'error: no usable Python 3.11 or newer (tried: $(CANDIDATES))'; \
	echo >&2 'help: install one and name it, as in `make $(or $(MAKECMDGOALS),dev) PYTHON=/path/to/python3.12`;'; \
	echo >&2 '      on Debian and Ubuntu it also needs the package `python3-venv`'; \
	exit 1

# Missing only when creating the environment was interrupted.
$(BIN)/pip: | $(BIN)/python
	@$(BIN)/python -m ensurepip --default-pip >/dev/null

$(VENV)/runtime.stamp: requirements.lock pyproject.toml | $(BIN)/pip
	@echo 'installing what the server needs'
	@$(PIP_INSTALL) requirements.lock
	@$(INSTALL_PROJECT)
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml | $(BIN)/pip
	@echo 'installing what development needs'
	@$(PIP_INSTALL) requirements-dev.lock
	@$(INSTALL_PROJECT)
	@touch $@

$(VENV)/bench.stamp: requirements-bench.lock $(VENV)/dev.stamp
	@echo 'installing the engines to compare with'
	@$(PIP_INSTALL) requirements-bench.lock
	@touch $@

$(VENV)/durable.stamp: requirements-durable.lock $(VENV)/runtime.stamp
	@echo 'building the Rete engine'
	@$(PIP_INSTALL) requirements-durable.lock
	@touch $@

# Apart from the environment, so that no lock ever depends on it.
$(VENV)/uv/bin/uv: | $(BIN)/pip
	@$(BIN)/python -m venv $(VENV)/uv
	@$(VENV)/uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
