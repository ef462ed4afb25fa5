# Every command a maker needs. `make run` and `make test` install what they need, once.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEVSTAMP := $(VENV)/.installed-dev
PORT   ?= 8501

# What Python has compiled is kept, whatever the shell says: each process of the tests would compile all of it again.
test check: export PYTHONDONTWRITEBYTECODE =

.PHONY: run test check lint content messages golden bench shots previews clean

run: $(STAMP)            ## the app, at http://localhost:8501
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: lint               ## everything: rules, content, types, unit, property, browser and office tests
	$(BIN)/python -m tools.browser --install
	$(BIN)/python -m tools.office --install
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

$(VENV):
	$(PYTHON) -m venv $(VENV)

$(STAMP): requirements.txt | $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt
	touch $@

$(DEVSTAMP): requirements-dev.txt $(STAMP)
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis
