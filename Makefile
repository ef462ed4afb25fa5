# Every command a maker needs. `make run` and `make test` install what they need, once.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEVSTAMP := $(VENV)/.installed-dev
PORT   ?= 8501

# What Python has compiled is kept, whatever the shell says: each process of the tests would compile all of it again.
test check: export PYTHONDONTWRITEBYTECODE =

.PHONY: run test check lint content messages golden bench shots previews shared clean lock audit fuzz soak

run: $(STAMP)            ## the app, at http://localhost:8501
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: lint               ## everything: rules, content, types, unit, property, browser and office tests
	$(BIN)/python -m tools.browser --install
	$(BIN)/python -m tools.office --install
	$(BIN)/python -m tools.services --install
	$(BIN)/python -m tools.types
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: lint              ## what every commit passes: lint, content, all tests without a browser and LibreOffice
	$(BIN)/python -m pytest -m "not browser and not office" -n 2

lint: $(DEVSTAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/vulture
	$(BIN)/mypy
	$(BIN)/python -m tools.messages check
	$(BIN)/python -m course check

content: $(DEVSTAMP)     ## every problem of the words, in one run
	$(BIN)/python -m tools.messages check
	$(BIN)/python -m course check

messages: $(DEVSTAMP)    ## collect new interface strings into content/*/LC_MESSAGES/ui.po
	$(BIN)/python -m tools.messages update

golden: $(DEVSTAMP)      ## store what the calculators say now; look at the diff before you hand it in
	$(BIN)/python -m tests.statements

bench: $(DEVSTAMP)       ## the speed claims, as ratios of one run
	$(BIN)/python -m tools.browser --install
	$(BIN)/python -m benchmarks

shots: $(DEVSTAMP)       ## screenshots of every page in every language, to look at
	$(BIN)/python -m tools.browser --install
	$(BIN)/python -m tools.shots

previews: $(DEVSTAMP)    ## the small pictures of all documents (needs LibreOffice and poppler)
	$(BIN)/python -m tools.previews

lock: $(DEVSTAMP)        ## pin everything that runs, with hashes, and list the licences; after a change of requirements.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check uv
	$(BIN)/uv pip compile requirements.txt -o requirements.lock --universal --generate-hashes --python-version 3.11 \
		--no-header --no-annotate -q
	$(BIN)/python -m tools.licences

audit: $(DEVSTAMP)       ## known weaknesses of what runs; asks a public database, so it is no part of the tests
	$(BIN)/python -m pip install -q --disable-pip-version-check pip-audit
	$(BIN)/python -m pip_audit --require-hashes --disable-pip -r requirements.lock

fuzz: $(DEVSTAMP)        ## 100,000 hostile links, files, texts and acts; what once failed is tried first
	$(BIN)/python -m tests.fuzz

soak: $(DEVSTAMP)        ## 3,000 sessions opened, used and closed; memory must stay flat
	$(BIN)/python -m benchmarks soak

shared: $(DEVSTAMP)      ## the pictures that messengers show of a link
	$(BIN)/python -m tools.shared_pictures

$(VENV):
	$(PYTHON) -m venv $(VENV)

$(STAMP): requirements.lock | $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(DEVSTAMP): requirements-dev.txt $(STAMP)
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis
