# The commands of the project. `make run` and `make test` set up whatever they need.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: run test setup setup-dev lint bench lock screenshot clean

run: setup
	HOST="$(HOST)" PORT="$(PORT)" $(BIN)/python -m streamlit run app.py --server.address "$(HOST)" --server.port "$(PORT)"

test: setup-dev
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Every figure anew, about half an hour; the peers get an environment of their own.
bench: setup-dev $(PEERS)/.ready
	$(BIN)/python -m benchmarks

screenshot: setup-dev
	$(BIN)/python -m scripts.screenshot

setup: $(VENV)/.run-ready
setup-dev: $(VENV)/.dev-ready

$(VENV)/pyvenv.cfg:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, found " + sys.version.split()[0] + ". Set PYTHON=<a newer one>.")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: $(VENV)/pyvenv.cfg requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	touch $@

$(VENV)/.dev-ready: $(VENV)/.run-ready requirements/dev.lock scripts/browser.sh
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	sh scripts/browser.sh $(BIN)/python
	touch $@

$(PEERS)/.ready: benchmarks/peers/requirements.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/peers/requirements.txt
	touch $@

# Rewrites all locks (needs the package `uv`).
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements/run.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --extra dev -c requirements/run.lock pyproject.toml -o requirements/dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -c requirements/run.lock benchmarks/peers/requirements.in -o benchmarks/peers/requirements.txt

clean:
	rm -rf $(VENV) $(PEERS)
