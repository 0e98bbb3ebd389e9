# Every target sets up what it needs: plain python3 -m venv and pip, the tested versions from constraints.txt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check lowest bench shots clean

run: $(VENV)/run.stamp
	@$(BIN)/cadence demo

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n 4

check: test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

# The lower bounds of pyproject.toml are promises: the same tests on the oldest versions that they admit.
lowest:
	test -x .venv-lowest/bin/python || $(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python -m pip install -qq --disable-pip-version-check -c constraints-lowest.txt -e ".[dev]"
	.venv-lowest/bin/python -m pytest -n 4

# The solvers that the planner is measured against are a quarter of a gigabyte, so only this installs them.
bench: $(VENV)/dev.stamp
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e ".[dev,bench]"
	$(BIN)/python -m bench

shots: $(VENV)/dev.stamp
	$(BIN)/python -m bench.shots

clean:
	rm -rf $(VENV) .venv-lowest shots build dist *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@ $(VENV)/run.stamp
