# make run    serve pages and deliver letters on http://localhost:8000 (PORT=, DATABASE_URL=; docs/operators.md)
# make test   everything that must hold, installing what that needs
# Further down: test-fast, test-geocoder, lint, demo, bench, clean.

PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt
PYTEST := $(PY) -m pytest
WANTED := import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; print(*p['dependencies'],

# What is compiled is kept: with half a dozen processes, compiling again takes longer than a start does.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-fast test-geocoder lint demo bench clean tools
.DELETE_ON_ERROR:

run: .venv/.ready
	@exec $(PY) -m meetups

test: .venv/.ready-for-tests tools lint
	$(PYTEST) -m "not browser" -n 3
	$(PYTEST) -m browser -n 2

test-fast: .venv/.ready-for-tests lint
	$(PYTEST) -m "not browser" -n 3

# A real Nominatim, built from a small map in a temporary folder (docs/contributing.md says what this installs).
test-geocoder: .venv/.ready-for-tests tools .venv-geocoder/.ready
	GEOCODER_VENV=$(CURDIR)/.venv-geocoder $(PYTEST) tests/geocoder

lint: .venv/.ready-for-tests
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports

# A believable world to look at and to measure on; refuses a database with real people in it.
demo: .venv/.ready
	@$(PY) -m flask db upgrade
	@$(PY) -m flask demo

# The figures of docs/contributing.md, on a database of its own.
bench: .venv/.ready-for-tests
	@$(PY) -m tests.bench

# Leaves instance/ alone: that is where the database lives.
clean:
	rm -rf .venv .venv-geocoder .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The dependencies alone, without a build of the package: both commands run from this folder.
.venv/.ready: pyproject.toml constraints.txt | .venv/bin/pip
	@echo "Installing into .venv (once; a minute or so) ..."
	@$(PY) -c "$(WANTED) sep='\n')" > .venv/wanted.txt
	@$(PIP) -r .venv/wanted.txt
	@touch $@

.venv/.ready-for-tests: pyproject.toml constraints.txt .venv/.ready
	@echo "Installing the tools of the tests into .venv (once) ..."
	@$(PY) -c "$(WANTED) *p['optional-dependencies']['dev'], sep='\n')" > .venv/wanted.txt
	@$(PIP) -r .venv/wanted.txt
	@touch $@

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed, and \"$(PYTHON)\" is not that: make PYTHON=/path/to/python3.11 ..." >&2; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python has no venv module: install the package python3-venv." >&2; exit 1; }
	@$(PYTHON) -m venv .venv

# In a place of its own, because Nominatim is under the GPL and no part of the app. PyICU is built: a minute or two.
.venv-geocoder/.ready:
	@command -v osm2pgsql >/dev/null || $(call apt,osm2pgsql)
	@ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || $(call apt,postgresql-postgis)
	@pkg-config --exists icu-i18n 2>/dev/null || $(call apt,libicu-dev pkg-config g++ python3-dev)
	@echo "Installing Nominatim into .venv-geocoder (once; a minute or two) ..."
	@$(PYTHON) -m venv .venv-geocoder
	@.venv-geocoder/bin/pip install --quiet --disable-pip-version-check \
		nominatim-db==5.3.3 nominatim-api==5.3.3 falcon uvicorn 'psycopg[binary]'
	@touch $@

# Chromium, a PostgreSQL server and an IMAP server: found, or installed where apt may, or named and missed aloud.
tools:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || $(call apt,chromium)
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || $(call apt,postgresql)
	@command -v dovecot >/dev/null || ls /usr/sbin/dovecot >/dev/null 2>&1 || $(call apt,dovecot-imapd)

apt = { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { echo "Installing $(1) with apt ..."; \
	export DEBIAN_FRONTEND=noninteractive; apt-get install -y -qq $(1) >/dev/null 2>&1 || \
	{ apt-get update -qq && apt-get install -y -qq $(1) >/dev/null; }; }; } || \
	{ echo "The tests need $(1): install that package and run them again." >&2; exit 1; }
