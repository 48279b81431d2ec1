PYTHON ?= python3
BIN := .venv/bin
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock" pyproject.toml

.PHONY: run test test-all lint format lock schema pictures
# ARGS go to the command: make run ARGS=--keep, make test ARGS='-k define'
run: .venv/playground ; @$(BIN)/python -m bot run --or-playground $(ARGS)
test: .venv/dev ; $(BIN)/pytest -m 'not slow' $(ARGS)
test-all: .venv/dev ; $(BIN)/pytest $(ARGS)
lint: .venv/dev ; $(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/hadolint Dockerfile
format: .venv/dev ; $(BIN)/ruff check --fix && $(BIN)/ruff format
pictures: .venv/dev ; $(BIN)/python -m tests.playground.pictures
schema: .venv/playground ; $(BIN)/python -m bot schema
lock: .venv/dev
	$(COMPILE) -o requirements/bot.txt
	$(COMPILE) --extra postgres -c requirements/bot.txt -o requirements/postgres.txt
	$(COMPILE) --extra playground -c requirements/bot.txt -o requirements/playground.txt
	$(COMPILE) --all-extras --group dev -c requirements/playground.txt -o requirements/dev.txt

.venv/%: requirements/%.txt | .venv/bin
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
.venv/bin:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed: make PYTHON=python3.12')"
	$(PYTHON) -m venv .venv
