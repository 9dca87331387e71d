# The commands of Rosetta CRM. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# A driver is only fetched for those who use it.
ASKED := $(shell grep -sE '^(DATABASE|CACHE)_URL=.' .env)
DRIVER := $(if $(findstring postgres,$(DATABASE_URL)$(filter DATABASE_URL=%,$(ASKED))),postgres) \
  $(if $(CACHE_URL)$(filter CACHE_URL=%,$(ASKED)),redis)
CLIENTS := $(basename $(notdir $(wildcard requirements/clients/*.lock)))
# No lock file: it would hold the addresses of a registry. Without npm those tests are skipped.
NPM = if command -v npm > /dev/null; then npm install --prefix $(1) --no-package-lock \
  --ignore-scripts --no-audit --no-fund --silent || exit 1; fi

.DEFAULT_GOAL := help
.PHONY: help run serve worker install install-dev install-browser install-clients lock test trust check bench messages format

help: ## List these commands.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Install, prepare the database and serve; the first run creates an administrator and demo data.
	@$(PYTHON) tools/bootstrap.py base $(DRIVER)
	@$(MANAGE) serve --prepare

serve: ## Only start the production server.
	@$(MANAGE) serve

worker: ## Only run jobs; one runs beside every server unless WORKER_BESIDE_SERVER is off.
	@$(MANAGE) worker

install: ## Build the environment in .venv with what the tests need.
	@$(PYTHON) tools/bootstrap.py base postgres redis test

install-dev: install ## Add what `make check` needs.
	@$(PYTHON) tools/bootstrap.py dev

install-browser: install ## Add what the browser tests need; Chromium comes from the operating system.
	@$(PYTHON) tools/bootstrap.py browser
	@$(foreach folder,$(wildcard tests/browser/node),$(call NPM,$(folder));)

install-clients: install ## Add the real clients that some tests drive, each in an environment of its own.
	@for client in $(CLIENTS); do \
	  $(PYTHON) tools/bootstrap.py --into .venv-clients/$$client clients/$$client || exit 1; done
	@$(foreach folder,$(wildcard tests/dialects/*/node),$(call NPM,$(folder));)

lock: install ## Renew the locked requirements.
	$(BIN)/python tools/lock.py

test: install ## Run the test suite on every core; ARGS="tests/api -k name" selects.
	@$(BIN)/python -m pytest $(or $(ARGS),-n auto --dist worksteal)

trust: install-dev ## Show every promise about reliability and security by its figure; ARGS="matrix" selects.
	@$(BIN)/python -m tests.trust $(ARGS)

check: install-dev ## Lint, format check, types, import contracts, migrations, deployment check.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	BASE_URL=https://crm.example.com $(MANAGE) check --deploy --fail-level WARNING

bench: install ## Measure; ARGS="--sizes 10000 1000000 --json FILE" changes what and where to.
	@$(BIN)/python -m benchmarks $(ARGS)

messages: install ## Collect the sentences for people, and compile their translations; needs gettext.
	$(MANAGE) makemessages --locale ru --no-location --no-wrap \
	  --ignore ".venv*" --ignore "tests/*" --ignore "var/*" --ignore "benchmarks/*" \
	  --ignore "api/*/locale"
	$(MANAGE) compilemessages --locale ru --ignore ".venv*"

format: install-dev ## Format the code and mend what can be mended by itself.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
