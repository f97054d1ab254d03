# The one door: `make` lists the targets. Python 3.11 or newer and make are all that has to be there.
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
SPARK := $(VENV)/spark
PLAIN := $(VENV)/plain
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,\
	$(shell $(name) -c '$(RECENT)' 2>/dev/null && echo $(name))))

PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup demo serve wagtail test lint format speed page load scale spark quality docs examples lock clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|' 2>/dev/null || grep '## ' Makefile

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c '$(RECENT)' 2>/dev/null || { echo "vipcopy needs Python 3.11 or newer and found none." \
		"Install one (on Debian: apt install python3 python3-venv) or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python has no venv module here; on Debian: apt install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(READY)  ## make .venv from the lock file
	@:

demo: $(READY)  ## the report of a letter with plenty of faults
	@$(BIN)/vipcopy check examples/letter.txt || test $$? -eq 1  # 1 says that there are findings

serve: $(READY)  ## the page where letters are written, in the browser
	@$(BIN)/vipcopy serve

wagtail: $(READY)  ## a small Wagtail site of letters on this machine; PORT=8000
	@cd examples/wagtail_site && ../../$(BIN)/python manage.py migrate --verbosity 0
	@cd examples/wagtail_site && ../../$(BIN)/python manage.py load_letters --address 127.0.0.1:$(PORT)
	@cd examples/wagtail_site && ../../$(BIN)/python manage.py runserver --noreload 127.0.0.1:$(PORT)

test: $(READY)  ## all tests; ARGS='tests/test_score.py -x' for some
	@$(BIN)/python -m pytest $(ARGS)

lint: $(READY)  ## format, style, types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy --strict vipcopy

format: $(READY)  ## put the code into our format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

speed: $(READY)  ## a plain install beside the obvious program: starts, texts, files; fails where a ratio of docs/speed.md fell
	@$(PYTHON) -m venv $(PLAIN)
	@$(PLAIN)/bin/python -m pip install --quiet --disable-pip-version-check .
	@$(PLAIN)/bin/python benchmarks/speed.py

page: $(READY)  ## how soon the page marks a letter, beside the check alone
	@$(BIN)/python benchmarks/page.py

load: $(READY)  ## 64 clients ask the server 200 times each: no wrong report, flat memory
	@$(BIN)/python benchmarks/load.py

scale: $(READY)  ## what a million letters cost in a batch, into docs/scale.md
	@$(BIN)/python benchmarks/scale.py --write

$(SPARK)/ready: $(READY)
	@$(PYTHON) -m venv $(SPARK)
	@$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	@$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable '.[spark]'
	@touch $@

spark: $(SPARK)/ready  ## install PySpark (400 MB) and audit an archive on a small cluster, with kills; needs Java 17
	@$(SPARK)/bin/python -m pytest tests/test_spark.py $(ARGS)

quality: $(READY)  ## precision and recall of the rules on our marked texts, into docs/quality.md
	@$(BIN)/python tests/quality.py

docs: $(READY)  ## write anew what the program writes: rules.schema.json
	@$(BIN)/vipcopy schema > rules.schema.json.new && mv rules.schema.json.new rules.schema.json

lock: $(READY)  ## write requirements.lock anew, with hashes
	@$(PYTHON) -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check pip-tools
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' \
		| $(VENV)/lock/bin/pip-compile --quiet --upgrade --extra fast --extra web --extra django --extra wagtail --extra arrow --generate-hashes --strip-extras --allow-unsafe \
		--no-header --no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--output-file requirements.lock pyproject.toml -

clean:  ## remove what the tools have made
	rm -rf $(VENV) build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache

examples: $(READY)  ## write the expected reports and the screens of the READMEs anew: read the difference before you commit it
	@$(BIN)/python tests/test_examples.py
