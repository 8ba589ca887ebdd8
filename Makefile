# Two commands: `make run` and `make test`. Everything lives in .venv; nothing else on the machine is touched.
PY ?= python3
V := .venv/bin
UV := $(shell command -v uv 2>/dev/null)

.PHONY: run setup dev test test-release check bench lock clean

run: setup            ## the demo city, evaluated and served on 127.0.0.1:8000
	$(V)/tongxing run

setup: .venv/run.done ## the environment only
dev: .venv/dev.done

.venv/bin/python:
ifdef UV
	uv venv --quiet .venv
else
	$(PY) -m venv .venv
endif

define install
$(if $(UV),uv pip install --quiet --require-hashes -r requirements/$(1).lock,$(V)/pip install --quiet --require-hashes -r requirements/$(1).lock)
$(if $(UV),uv pip install --quiet --no-deps --no-build-isolation -e .,$(V)/pip install --quiet --no-deps --no-build-isolation -e .)
touch .venv/$(1).done
endef

.venv/run.done: requirements/run.lock pyproject.toml | .venv/bin/python
	$(call install,run)

.venv/dev.done: requirements/dev.lock pyproject.toml | .venv/bin/python
	$(call install,dev)
	touch .venv/run.done

.venv/bench.done: requirements/bench.lock pyproject.toml | .venv/bin/python
	$(call install,bench)

check: dev            ## style, types, layers, architecture, plain language, the pack
	$(V)/ruff check .
	$(V)/ruff format --check .
	$(V)/mypy
	$(V)/lint-imports --no-cache
	$(V)/pytest -q tests/architecture tests/language
	$(V)/tongxing check

test: dev             ## every suite of each change, on SQLite and on PostgreSQL: 21 minutes on 2 cores, 20 are the aim
	sh tests/browser/install_chromium.sh
	$(V)/pytest -q -n 2 -m "not release" tongxing
	$(V)/pytest -q -n 2 -m "not release" tests
	TONGXING_TEST_DATABASE=postgres $(V)/pytest -q -n 2 -m "not release" tongxing

test-release: dev     ## the slow ones
	TONGXING_TEST_RANDOM=1 $(V)/pytest -q -m release tongxing tests

bench: .venv/bench.done ## speed as ratios of one run
	$(V)/python -m bench

lock:
	cd requirements && for n in run dev bench; do uv pip compile -q --generate-hashes --no-header --python-version 3.11 $$n.in -o $$n.lock; done

clean:
	rm -rf .venv var
