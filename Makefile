# make run       installs everything in .venv and starts the kiosk (Space is the button)
# make test      installs everything in .venv, runs all checks and tests, and prints the coverage
# make bench     measures the kiosk and compares it with alternatives
# make test-pi   installs the kiosk on a virtual Pi (QEMU) and tests it there (as root, on Debian)
# make deb       builds the package dist/kiosk_VERSION_all.deb (on Debian)
# make pictures  redraws the pictures of the README
# make golden    redraws the golden pictures of the tests; look at them before you commit
.PHONY: run test bench test-pi deb pictures golden clean
.DEFAULT_GOAL := run

VENV := .venv
# pygame has no builds for Python 3.14 yet.
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && { echo $$p; break; }; done)
PI := $(shell grep -aqs 'Raspberry Pi' /proc/device-tree/model && echo yes)
# On a Pi, pygame, gpiozero and lgpio come from apt, where they support its screen and pins. Elsewhere they come from
# PyPI.
VENV_OPTIONS := $(if $(PI),--system-site-packages)
# Processes that run the tests. Each has an X server, a folder and a coverage file of its own.
WORKERS ?= 2
# Full screen on a Pi, a window elsewhere.
ARGS ?= $(if $(PI),,--window)

run: $(VENV)/installed
	$(VENV)/bin/kiosk run $(ARGS)

test: $(VENV)/installed-for-tests
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/coverage erase
	$(VENV)/bin/coverage run -m pytest --numprocesses $(WORKERS) --dist worksteal
	$(VENV)/bin/coverage combine --quiet
	$(VENV)/bin/coverage report

bench: $(VENV)/installed-for-tests
	$(VENV)/bin/python -m tests.bench $(BENCH)

test-pi:
	@tests/pi/tools.sh
	@$(MAKE) --no-print-directory $(VENV)/installed-for-tests
	$(VENV)/bin/python -m tests.pi.build
	KIOSK_TEST_PI=1 $(VENV)/bin/python -m pytest tests/pi --timeout 900

deb:
	@systemd/debian/build.sh dist

pictures: $(VENV)/installed-for-tests
	$(VENV)/bin/kiosk show --config config --state idle --at 1.5 --out assets/pictures/start.png
	$(VENV)/bin/kiosk show --config config --at 2:38 --out assets/pictures/work.png
	$(VENV)/bin/kiosk show --config config --at 3:37.5 --out assets/pictures/changeover.png
	$(VENV)/bin/kiosk show --config tests/workouts stations --at 0:30 --out assets/pictures/stations.png
	$(VENV)/bin/kiosk show --config tests/workouts amrap --at 5:00 --out assets/pictures/amrap.png
	$(VENV)/bin/kiosk show --config config --state notice --at 6 --size 1280x720 --out assets/pictures/stick.png
	$(VENV)/bin/kiosk show --config config --state refused --at 8 --size 1280x720 --out assets/pictures/stick-refused.png
	$(VENV)/bin/kiosk show --config config --state phone-entry --at 3 --size 1280x720 --out assets/pictures/phone-entry.png
	$(VENV)/bin/kiosk show --config config --state phone --at 9 --size 1280x720 --out assets/pictures/phone.png
	$(VENV)/bin/kiosk show --strip squat --out assets/pictures/strip.png
	$(VENV)/bin/python assets/pictures/joints.py
	$(VENV)/bin/python -m assets.pictures.page

golden: $(VENV)/installed-for-tests
	KIOSK_NEW_GOLDEN=1 $(VENV)/bin/python -m pytest tests/test_golden.py tests/test_screen_pictures.py

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	@echo 'Setting up in $(VENV) ...'
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[editor]' \
	  || { echo 'The packages could not be installed: connect this machine to the internet and type make again.'; exit 1; }
	@touch $@

$(VENV)/installed-for-tests: $(VENV)/installed
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[editor,dev]' \
	  || { echo 'The packages could not be installed: connect this machine to the internet and type make again.'; exit 1; }
	@touch $@

$(VENV)/bin/python:
	@test -n '$(PYTHON)' || { echo 'Python 3.11, 3.12 or 3.13 is needed; type: sudo apt install python3 python3-venv (on macOS: brew install python@3.13)'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'Python lacks its venv module; type: sudo apt install python3-venv'; exit 1; }
	@test -z '$(PI)' || $(PYTHON) -c 'import pygame, gpiozero, lgpio' 2>/dev/null \
	  || { echo 'On the Pi type first: sudo apt install python3-pygame python3-gpiozero python3-lgpio python3-rpi-lgpio'; exit 1; }
	@$(PYTHON) -m venv $(VENV_OPTIONS) $(VENV)

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage*
