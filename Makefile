# Everything a newcomer needs. Each target is one readable line that also works typed by hand.
PORT ?= 8000
VENV ?= .venv
PYTHON ?= python3
RUN = $(VENV)/bin/python

.PHONY: run test lint check
.DEFAULT_GOAL := run

run: export COMMUNITY_BASE_URL ?= http://localhost:$(PORT)
run: $(VENV)/ready ## set up what is missing and serve at http://localhost:$(PORT)
	@$(RUN) -m theme.catalogues
	@exec $(RUN) manage.py run --port $(PORT)

test: $(VENV)/ready-dev ## the test suite, no services needed
	@$(RUN) -m theme.catalogues
	$(RUN) -m pytest -q -n auto

lint: $(VENV)/ready-dev
	$(RUN) -m ruff check . && $(RUN) -m ruff format --check . && $(RUN) -m djlint --quiet --lint .

check: ## all of CI
	bash .ci/run

$(VENV)/ready: requirements.txt constraints.txt
	@$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'Paraplu needs Python 3.11 or newer; this is ' + sys.version.split()[0] + '. Try: make run PYTHON=python3.11')"
	@echo "Making the virtual environment in $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)
	@echo "Installing the packages of requirements.txt (once, about a minute) …"
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.txt
	@echo "Installing what the tests need (once) …"
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
