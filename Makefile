# Two verbs for a newcomer: `make demo` and `make test`. Both set everything up from nothing.

BIN := .venv/bin
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test bench model understanding format lock ready

help:
	@echo "make demo     see a council at work, in under a minute"
	@echo "make test     format, lint, types, layers, tests"
	@echo "make bench    measure, beside peers and limits"
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
	$(BIN)/python -m pytest -n $(WORKERS)

bench: ready
	@for script in benchmarks/[a-z]*.py; do $(BIN)/python -m $$(echo $${script%.py} | tr / .) || exit 1; done

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
