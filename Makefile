# Every target sets up what it needs: plain python3 -m venv and pip, the tested versions from constraints.txt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

CLIENTS := .clients
ICALJS := $(CLIENTS)/js/node_modules/ical.js/package.json
NPM := $(shell command -v npm 2>/dev/null)

.PHONY: run test long outside check lowest bench shots clean

run: $(VENV)/run.stamp
	@$(BIN)/cadence demo

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n 6

# What takes many seconds: processes that fight or are killed, the figures that the README shows.
long: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -m long -n 2 --dist loadfile

# With the programs that people have: a browser and calendar apps. What this machine lacks is skipped with a
# message; with CADENCE_OUTSIDE=required it fails.
outside: $(VENV)/browser.stamp $(CLIENTS)/clients.stamp $(if $(NPM),$(ICALJS))
	$(BIN)/python -m pytest -m outside -n 2

check: test long outside
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

# The lower bounds of pyproject.toml are promises: the same tests on the oldest versions that they admit.
lowest:
	test -x .venv-lowest/bin/python || $(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python -m pip install -qq --disable-pip-version-check -c constraints-lowest.txt -e ".[dev]"
	.venv-lowest/bin/python -m pytest -n 6

# The solvers that the planner is measured against are a quarter of a gigabyte, so only this installs them.
bench: $(VENV)/dev.stamp
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e ".[dev,bench]"
	$(BIN)/python -m bench

shots: $(VENV)/dev.stamp
	$(BIN)/python -m bench.shots

clean:
	rm -rf $(VENV) .venv-lowest $(CLIENTS) shots build dist *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@ $(VENV)/run.stamp

$(VENV)/browser.stamp: $(VENV)/dev.stamp
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e ".[dev,browser]"
	@touch $@

# Apart from Cadence's own: khal wants another icalendar.
$(CLIENTS)/clients.stamp: constraints-clients.txt
	test -x $(CLIENTS)/bin/python || $(PYTHON) -m venv $(CLIENTS)
	$(CLIENTS)/bin/python -m pip install -qq --disable-pip-version-check -c $< khal vdirsyncer
	@touch $@

$(ICALJS):
	$(NPM) install --silent --no-save --no-audit --no-fund --prefix $(CLIENTS)/js ical.js@2.2.1
