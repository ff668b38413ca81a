# On a machine with Python 3.11 or later: `make demo` and `make test`.
MAKEFLAGS += --no-print-directory
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint model clean

demo: .venv/ready
	$(BIN)/matcher classify demo/postings.jsonl -o demo/results.jsonl || test $$? -eq 1 # 1: one row is rejected
	$(BIN)/python scripts/show_results.py demo/results.jsonl
	$(BIN)/matcher report demo/results.jsonl -o demo/report.html --postings demo/postings.jsonl --title 'The demo'
	@printf '%s\n' '' 'Open in a browser: file://$(CURDIR)/demo/report.html' 'Next:' \
	  '  $(BIN)/matcher score demo/posting.html' \
	  '  $(BIN)/matcher classify YOUR-POSTINGS.csv -o results.csv' \
	  '  $(BIN)/matcher review YOUR-POSTINGS.csv'

test: .venv/ready
	$(BIN)/python -m pytest

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

model: .venv/ready
	$(BIN)/python scripts/rebuild_model.py

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf .venv
