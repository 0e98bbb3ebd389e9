# Every target sets up what it needs: plain python3 -m venv and pip, the tested versions from constraints.txt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Of tests, which wait as much as they work: more than processors, and who has nothing left takes from others.
SIDE_BY_SIDE := -n 5 --dist worksteal

# Compiled modules are kept, whoever's shell says otherwise: every worker and every process would make them anew.
unexport PYTHONDONTWRITEBYTECODE

CLIENTS := .clients
RIVALS := .rivals
ICALJS := $(CLIENTS)/js/node_modules/ical.js/package.json
NPM := $(shell command -v npm 2>/dev/null)

.PHONY: run test long outside check lowest bench shots pictures clean

run: $(VENV)/run.stamp
	@$(BIN)/cadence demo

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

# What takes many seconds: processes that fight or are killed, the figures that the README shows.
long: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -m long -n 2 --dist loadfile

# With the programs that people have: a browser and calendar apps. What this machine lacks is skipped with a
# message; with CADENCE_OUTSIDE=required it fails.
outside: $(VENV)/browser.stamp $(CLIENTS)/clients.stamp $(if $(NPM),$(ICALJS))
	$(BIN)/python -m pytest -m outside -n 2

# Properties are tried on more examples than while one works: see tests/conftest.py.
check: export HYPOTHESIS_PROFILE := thorough
check: test long outside
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

# The lower bounds of pyproject.toml are promises: the same tests on the oldest versions that they admit.
lowest:
	test -x .venv-lowest/bin/python || $(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python -m pip install -qq --disable-pip-version-check -c constraints-lowest.txt -e ".[dev]"
	.venv-lowest/bin/python -m pytest $(SIDE_BY_SIDE)

# The solvers that the planner is measured against are a quarter of a gigabyte, so only this installs them, and
# the programs that the app is measured against.
bench: $(VENV)/dev.stamp $(RIVALS)/rivals.stamp
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e ".[dev,bench]"
	$(BIN)/python -m bench

shots: $(VENV)/dev.stamp
	$(BIN)/python -m bench.shots

# What the documents show: pictures and the recorded tour, of the sample team on a fixed day.
pictures: $(VENV)/dev.stamp
	$(BIN)/python -m bench.pictures
	$(BIN)/python -m tools.tour

clean:
	rm -rf $(VENV) .venv-lowest $(CLIENTS) $(RIVALS) shots build dist *.egg-info

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

# Other versions of urwid and tree-sitter are known not to start them.
$(RIVALS)/rivals.stamp: constraints-rivals.txt
	test -x $(RIVALS)/bin/python || $(PYTHON) -m venv $(RIVALS)
	$(RIVALS)/bin/python -m pip install -qq --disable-pip-version-check -c $< khal posting
	@touch $@

$(ICALJS):
	$(NPM) install --silent --no-save --no-audit --no-fund --prefix $(CLIENTS)/js ical.js@2.2.1
