# Two commands do all on a fresh machine:  make run   and   make test
# Python 3.11 or later is needed; name another one with  make PYTHON=python3.12 run
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: run studies test test-transformers lint reproduce train bench notebook lock clean help

run: $(READY)            ## build figures and report of the bundled Russia-Turkey study
	$(BIN)/detente run data/russia-turkey

studies: $(READY)        ## build every bundled study
	for study in data/*/study.toml; do $(BIN)/detente run "$$study" || exit; done

test: $(READY)           ## run all tests and doctests and print the coverage
	$(BIN)/python -m pytest -n auto --dist worksteal --reached

test-transformers: $(READY) ## run the tests that need torch, in an environment of their own
	$(PYTHON) -m venv $(VENV)-torch
	$(VENV)-torch/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0 "transformers>=4.48"
	$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
		> "$$($(VENV)-torch/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/detente.pth"
	PYTHONPATH=analysis $(VENV)-torch/bin/python -m pytest tests/tone/test_transformers_scorer.py

lint: $(READY)           ## style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

reproduce: $(READY)      ## build the bundled studies twice; fail where a byte or a committed number differs
	$(BIN)/python .ci/reproduce.py

train: $(READY)          ## move the lexicon's valences and train the shipped model of `calibrated` anew
	$(BIN)/python -m detente.tone.target data/constructed
	$(BIN)/python -m detente.tone.calibrated data

bench: $(READY)          ## speed against plain vaderSentiment; coverage of the index; size of the episode test (an hour or two)
	$(BIN)/python tests/bench/speed.py
	$(BIN)/python tests/bench/streaming.py 1000000
	$(BIN)/python tests/bench/index_coverage.py
	$(BIN)/python tests/bench/episodes_size.py

notebook: $(READY)       ## open JupyterLab on the walk through the study
	$(BIN)/jupyter lab analysis/notebooks/explore.ipynb

lock:                    ## renew requirements.lock from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra http --extra notebook --group dev --universal --generate-hashes \
		--no-header --quiet -o requirements.lock

clean:                   ## remove the environment and caches
	rm -rf $(VENV) $(VENV)-torch .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist

help:                    ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

# The environment is made anew when the lock or the project file changed.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "detente needs Python 3.11 or later; try: make PYTHON=python3.12 run"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
