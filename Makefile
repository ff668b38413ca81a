# On a machine with Python 3.11 or later: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint model clean

demo: .venv/ready
	$(BIN)/matcher classify demo/postings.jsonl -o demo/results.jsonl || test $$? -eq 1 # 1: one row is rejected
	$(BIN)/python scripts/show_results.py demo/results.jsonl

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
