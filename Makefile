# Needs GNU make and Python 3.11, 3.12 or 3.13. `make help` lists the goals.

PYTHON ?= python3
VENV ?= .venv
# `editable` runs the checkout; `wheel` builds the wheel and runs that.
INSTALL ?= editable
# How many tests run at once: a number, or `auto` for as many as there are cores; 0 for one after the other, as --pdb needs.
JOBS ?= auto
# More words for pytest, such as PYTEST_ARGS='-x -k deadline'
PYTEST_ARGS ?=
# Which policies `make mutants` mutates, such as MUTATE='--policy changzhi'; all of them unless given.
MUTATE ?=
# An extra that is installed besides, if it can be had: WITH=spark, which takes 600 MB.
WITH ?=
CONSTRAINTS ?= constraints.txt
BENCH := $(VENV)-bench
EXAMPLE := examples/changzhi-grave-emergency.yaml

# The release of Python if it is one of ours, else nothing. It stands in the stamp's name, so that another PYTHON,
# INSTALL or WITH never meets an environment that was made for this one.
RELEASE := $(shell $(PYTHON) -c 'import sys; v = sys.version_info[:2]; print("%d.%d" % v if (3, 11) <= v <= (3, 13) else "")' 2>/dev/null)
STAMP := $(VENV)/.$(INSTALL)-$(RELEASE)$(addprefix -,$(WITH))
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
EXTRAS := [cli,dev,testing]

ifneq ($(words $(VENV)),1)
$(error VENV must be one path, without spaces)
endif
ifeq ($(filter editable wheel,$(INSTALL)),)
$(error INSTALL must be editable or wheel)
endif

# What the caller has activated or put on a search path must not decide what is imported here.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

.DEFAULT_GOAL := help
.PHONY: help demo test cases mutants check fuzz bench bench-cold bench-ten-million bench-audit bench-monitor differential lock clean

help: ## list the goals
	@echo 'make GOAL [PYTHON=python3.12] [VENV=.venv] [INSTALL=editable|wheel] [WITH=spark] [JOBS=auto] [PYTEST_ARGS=...]'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' Makefile

demo: $(STAMP) ## evaluate one case: who must do what by when, in Chinese and in English
	@$(BIN)/policyengine evaluate $(EXAMPLE) --lang zh
	@echo
	@$(BIN)/policyengine evaluate $(EXAMPLE) --lang en

test: $(STAMP) ## run the tests
	@$(BIN)/python -m pytest -n $(JOBS) $(PYTEST_ARGS)

cases: $(STAMP) ## judge every worked case of tests/cases, by both matchers
	@$(BIN)/python -m pytest -n $(JOBS) tests/acceptance tests/cases $(PYTEST_ARGS)

mutants: $(STAMP) ## which slips of the pen in the policies their examples would notice; some minutes
	@$(BIN)/policyengine test tests/cases $(MUTATE) --min-score 95 --accepted tests/accepted-mutants.yaml --quiet --jobs 2

check: $(STAMP) ## lint, format, types, direction of imports, drift of schemas/, house rules, reach of the examples
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/policyengine schema --check
	$(BIN)/policyengine check . --fail-on warning
	$(BIN)/policyengine test tests/cases --quiet --cov-min provisions=100,rows=100,boundaries=100

fuzz: $(STAMP) ## run the property tests with many more examples, other ones each time
	@$(BIN)/python -m pytest tests/properties --hypothesis-profile=fuzz $(PYTEST_ARGS)

bench: $(BENCH)/.done ## every engine beside this one, and the page of results; best on an idle machine
	@$(BENCH)/bin/python -m benchmarks

bench-cold: $(STAMP) ## what an import, a first answer and the loading of a policy take
	@$(BIN)/python -m benchmarks.cold
	@$(BIN)/python -m benchmarks.load

bench-ten-million: $(BENCH)/.done ## ten million cases in columns
	@$(BENCH)/bin/python -m benchmarks.ten_million --save

bench-monitor: $(STAMP) ## a million events of a hundred thousand open cases, one by one
	@$(BIN)/python -m benchmarks.monitor changzhi 100000 1000000 --save

differential: $(STAMP) ## hold every evaluator to the reference on a hundred thousand generated questions; hours
	@$(BIN)/python -m benchmarks.differential --triples 100000

bench-audit: $(STAMP) ## time and memory of an audit of a million events out of order; half an hour and more
	@$(BIN)/python benchmarks/audit_log.py

lock: ## write constraints.txt anew: the newest versions that pyproject.toml allows
	@rm -rf $(VENV)-lock
	@$(MAKE) --no-print-directory VENV=$(VENV)-lock INSTALL=editable WITH=spark CONSTRAINTS=/dev/null \
	  $(VENV)-lock/.editable-$(RELEASE)-spark
	@$(VENV)-lock/bin/python -c 'import pyspark, pandas'
	@{ echo '# Everything that `make` installs, to the version. Written by `make lock`.'; \
	   $(VENV)-lock/bin/python -m pip freeze --all --exclude pip --exclude regulatory-duties; } >$(VENV)-lock/pins
	@cp $(VENV)-lock/pins constraints.txt
	@rm -rf $(VENV)-lock

$(BENCH)/.done: benchmarks/requirements.txt pyproject.toml constraints.txt
	@$(PYTHON) -m venv --clear $(BENCH)
	@$(BENCH)/bin/python -m pip -qq --disable-pip-version-check install setuptools wheel
	@$(BENCH)/bin/python -m pip -qq --disable-pip-version-check install --constraint $(CONSTRAINTS) -r benchmarks/requirements.txt --editable .
	@touch $@

clean: ## remove the environment and everything that was built
	@rm -rf $(BENCH)
	@if [ -f $(VENV)/pyvenv.cfg ]; then rm -rf $(VENV); fi
	@rm -rf build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find src tests docs examples -name __pycache__ -type d -prune -exec rm -rf {} +

# A wheel holds copies, so it is old when any of its files is. Directories are listed too: their dates tell of a file
# that went away.
ifeq ($(INSTALL),wheel)
$(STAMP): README.md $(shell find src policies schemas ! -name '*.pyc' ! -name __pycache__)
endif

# The one rule that installs: the environment, the project with its tools, and then what is allowed to fail: the extra
# WITH, and durable-rules, which has no wheels.
$(STAMP): pyproject.toml constraints.txt
ifeq ($(RELEASE),)
	$(error PYTHON=$(PYTHON) is not Python 3.11, 3.12 or 3.13; name one: make PYTHON=python3.11 / 需要 Python 3.11、3.12 或 3.13, 请指定: make PYTHON=python3.11)
else
	@if [ -n "$$(ls -A $(VENV) 2>/dev/null)" ] && ! [ -f $(VENV)/pyvenv.cfg ]; then \
	  echo 'VENV=$(VENV) holds something else: name another place, or remove it / VENV=$(VENV) 已有其他内容: 请另选目录或先删除' >&2; exit 1; fi
	@echo 'installing into $(VENV) ($(INSTALL), Python $(RELEASE)); once, about half a minute' >&2
	@$(BIN)/python -c 'import pip, sys; sys.exit("%d.%d" % sys.version_info[:2] != "$(RELEASE)")' 2>/dev/null \
	  || $(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 \
	  || $(PYTHON) -m virtualenv --quiet --clear $(VENV) >/dev/null 2>&1 \
	  || virtualenv --quiet --clear --python '$(PYTHON)' $(VENV) >/dev/null 2>&1 \
	  || { echo 'no virtual environment could be made: install the package python3-venv, or virtualenv / 无法创建虚拟环境: 请安装 python3-venv 或 virtualenv' >&2; exit 1; }
	@rm -rf $(VENV)/.editable-* $(VENV)/.wheel-* $(VENV)/wheel
	@$(PIP) uninstall --yes regulatory-duties
ifeq ($(INSTALL),wheel)
	@$(PIP) wheel --no-deps --wheel-dir $(VENV)/wheel .
	@$(PIP) install --constraint $(CONSTRAINTS) "$$(echo $(VENV)/wheel/*.whl)$(EXTRAS)"
else
	@$(PIP) install --constraint $(CONSTRAINTS) --editable '.$(EXTRAS)'
endif
ifneq ($(WITH),)
	@$(BIN)/python -m pip install --timeout 30 --retries 1 --constraint $(CONSTRAINTS) 'regulatory-duties[$(WITH)]' \
	  >$(VENV)/with.log 2>&1 || echo '$(WITH): not installed; see $(VENV)/with.log' >&2
endif
	@$(BIN)/python -m pip install --constraint $(CONSTRAINTS) --no-build-isolation 'durable-rules; python_version < "3.13"' \
	  >$(VENV)/durable.log 2>&1 || true
	@if $(BIN)/python -c 'import durable_rules_engine' 2>>$(VENV)/durable.log; then echo 'durable: built' >&2; \
	  else echo 'durable: not built (needs a C compiler, and Python 3.11 or 3.12); see $(VENV)/durable.log' >&2; fi
	@touch $@
endif
