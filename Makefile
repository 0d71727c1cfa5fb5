# Two verbs for a newcomer: `make demo` and `make test`. Both set everything up from nothing.

BIN := .venv/bin
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test bench screenshots model understanding format lock ready

help:
	@echo "make demo     see a council at work, in under a minute"
	@echo "make test     format, lint, types, layers, tests"
	@echo "make bench    measure, beside peers and limits: docs/performance.md"
	@echo "make screenshots  take the pictures of the pages: docs/screenshots"
	@echo "make model    learn anew what people mean, from the examples"
	@echo "make understanding  measure how well it is understood: docs/understanding.md"
	@echo "make format   write code as the formatter does"
	@echo "make lock     choose the dependencies' versions anew"

demo: ready
	@$(BIN)/beffroi demo

test: ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

# QUICK=--quick measures for a minute each. Each script's output is kept in .bench.
bench: ready
	@mkdir -p .bench
	@for name in dispatch fan_out turn urgent scale reminders email web; do \
	    echo "== $$name"; $(BIN)/python -m benchmarks.$$name $(QUICK) > .bench/$$name.out || exit 1; cat .bench/$$name.out; done
	@$(BIN)/python -m benchmarks.dispatch $(QUICK) --database postgresql > .bench/dispatch_postgresql.out
	@cat .bench/dispatch_postgresql.out
	@$(BIN)/python -m benchmarks.report .bench

screenshots: ready
	$(BIN)/python -m tests.web.browsers.screenshots

model: ready
	$(BIN)/python -m training.model

understanding: ready
	$(BIN)/python -m training.report

format: ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --group dev --quiet pyproject.toml -o requirements.lock

ready:
	@.ci/set-up
