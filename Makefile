# Two commands are all that a new user needs: `make demo` and `make test`.
# Everything happens in .venv; nothing else on the machine is changed.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
DEMO ?= demo
WORKERS ?= 2

.PHONY: demo test gate unit verify hostile fuzz crash bench docs gift browser pictures install clean

demo: .venv/installed
	$(BIN)/autograde demo --force $(DEMO)

test: gate unit

gate: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/autograde validate
	$(BIN)/autograde verify
	$(BIN)/autograde text check

unit: .venv/installed
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder

# all checks on all starters, solutions, variants and mistakes, whatever is shipped or remembered of them; `make gate` confirms what is shipped
verify: .venv/installed
	$(BIN)/autograde verify --fresh

# every attack in tests/hostile against every sandbox that this machine has; also part of `make unit`
hostile: .venv/installed
	$(BIN)/python -m pytest -rs tests/test_hostile.py tests/test_hostile_handins.py tests/test_sandbox.py tests/test_trusted_modules.py

# a million inputs for everything that reads what strangers wrote, and every change of an answer on every labelled one; takes about half
# an hour
fuzz: .venv/installed
	AUTOGRADE_FUZZ=1000000 $(BIN)/python -m pytest tests/test_fuzz.py tests/test_freetext_metamorphic.py

# `kill -9` of a grading run at a hundred points; takes about ten minutes
crash: .venv/installed
	AUTOGRADE_KILLS=100 $(BIN)/python -m pytest tests/test_crash.py

# how fast we are, beside the bare checks and nbgrader; writes benchmarks/results/
bench: .venv/installed
	$(BIN)/python -m benchmarks

# what is made from the code: the command reference, and the schema of course.yaml
docs: .venv/installed
	$(BIN)/python -m tests.reference
	$(BIN)/autograde schema > docs/course.schema.json

# Our GIFT, read by another parser as well; needs npm and the network, so it is no part of `make test`.
gift: .venv/installed
	npm install --prefix tests/gift --no-package-lock --no-audit --no-fund --silent
	$(BIN)/python -m pytest -q -rs tests/test_quiz_gift.py

# A student's and an instructor's way through a real browser, Debian's Chromium; screenshots lie in artefacts/ afterwards.
browser: .venv/installed
	{ command -v chromium && command -v chromedriver; } || { apt-get update && apt-get install --yes --no-install-recommends chromium chromium-driver; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,browser]'
	$(BIN)/python -m pytest -q -rs tests/test_browser.py

# The pictures of README.md, from the demo.
pictures: browser
	$(BIN)/autograde --color always demo --force $(DEMO) 2>/dev/null | sed '/^$$/,$$d' | $(BIN)/python docs/images/terminal.py "make demo" docs/images/demo.svg
	$(BIN)/python -m tests.pictures $(DEMO)

install: .venv/installed

.venv/installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3" >&2; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv demo classroom results
