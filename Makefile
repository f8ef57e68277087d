# Every task of the project is one target here. Each makes .venv itself and repeats in seconds.

# Folder with eval/ and corpora/ for measuring: make eval EVAL=FOLDER
EVAL ?=
PYTHON ?= python3
BIN := .venv/bin
export PYTHONPATH := $(CURDIR)

.PHONY: help serve test lint unit test-clients test-cluster web web-check bench eval privacy mutations model network stranger golden rules words lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

serve: .venv/.serve ## run the service; HOST and PORT say where
	$(BIN)/shenjiao serve $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

test: lint web-check unit test-clients ## lint, types, import order, tests, browser test, plug-ins

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .venv/.dev .venv/.clients .venv/.cluster
	./tools/chromium.sh
	./tools/postgresql.sh
	./tools/libreoffice.sh
	./tools/java.sh
	./tools/pandoc.sh
	$(BIN)/pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile

test-clients: .venv/.dev .venv/.wagtail ## test the plug-ins in real sites, against the real service
	./tools/chromium.sh
	./tools/wordpress.sh
	.venv/wagtail/bin/python -m pytest plugins/wagtail
	$(BIN)/pytest plugins/wordpress/tests

test-cluster: .venv/.dev .venv/.cluster ## scan an archive on Ray, and kill a process of it
	$(BIN)/pytest api_tests/test_cluster.py

web: ## build the scripts of the pages from web/src (needs node)
	./tools/web.sh build

web-check: ## check the types of web/src, and that the committed scripts are what it makes
	./tools/node.sh
	./tools/web.sh check

bench: .venv/.dev ## measure speed, start-up and memory
	$(BIN)/python -m bench.speed $(if $(EVAL),--corpora $(EVAL)/corpora)
	$(BIN)/python -m bench.editor
	$(BIN)/python -m bench.site_lexicon $(if $(EVAL),--corpora $(EVAL)/corpora)

eval: .venv/.dev ## measure quality on the sets under EVAL
	$(BIN)/python -m bench.quality $(or $(EVAL),$(error name the folder of the sets: make eval EVAL=FOLDER))
	$(BIN)/python -m bench.lost_letters $(EVAL)

privacy: .venv/.dev .venv/.peers ## measure personal data, beside presidio-analyzer in a venv of its own
	$(BIN)/python -m bench.privacy --peer .venv/peers/bin/python $(if $(EVAL),--corpora $(EVAL)/corpora)

mutations: .venv/.dev ## break every right form in every way and see what is found
	$(BIN)/python -m bench.mutations --show 5

model: .venv/.model ## train the language model anew from CORPORA (minutes, 8 GB)
	.venv/model/bin/python -m tools.typo_model $(or $(CORPORA),$(error name the folder of the texts: make model CORPORA=FOLDER)) models/typos .venv/stranger.npz

network: .venv/.network ## train the network of the language model anew from CORPORA (an hour); then make model
	.venv/network/bin/python -m tools.typo_model.cloze $(or $(CORPORA),$(error name the folder of the texts: make network CORPORA=FOLDER)) models/typos/cloze.npz
	$(MAKE) stranger

stranger: .venv/.network ## train the network that knows no news, for make model (minutes)
	.venv/network/bin/python -m tools.typo_model.cloze --stranger $(or $(CORPORA),$(error name the folder of the texts: make stranger CORPORA=FOLDER)) .venv/stranger.npz

golden: .venv/.dev ## write the golden findings anew; then read the diff
	$(BIN)/python -m api_tests.golden

rules: .venv/.dev ## write docs/rules.md anew
	$(BIN)/shenjiao rules --format markdown > docs/rules.md.new
	mv docs/rules.md.new docs/rules.md

words: .venv/.dev ## compile the Chinese words of the command line's library
	$(BIN)/pybabel -q compile --domain=click --directory=app/words

lock: ## resolve the dependencies anew (needs uv)
	uv pip compile -q --upgrade --python-version 3.11 --no-strip-markers --generate-hashes pyproject.toml --extra postgresql --group build -o requirements.lock
	uv pip compile -q --upgrade --python-version 3.11 --no-strip-markers --generate-hashes pyproject.toml --group model -c requirements.lock -o tools/typo_model/requirements.lock
	uv pip compile -q --upgrade --python-version 3.11 --no-strip-markers --generate-hashes pyproject.toml --extra onnx -c requirements.lock -o requirements-onnx.lock
	uv pip compile -q --upgrade --python-version 3.11 --no-strip-markers --generate-hashes pyproject.toml --extra ocr -c requirements.lock -o requirements-ocr.lock
	uv pip compile -q --upgrade --python-version 3.11 --no-strip-markers --generate-hashes pyproject.toml --group network -c requirements.lock -o tools/typo_model/network.lock
	uv pip compile -q --upgrade --python-version 3.11 --no-strip-markers --generate-hashes plugins/wagtail/pyproject.toml --group plugins/wagtail/pyproject.toml:test -o plugins/wagtail/requirements.lock
	uv pip compile -q --upgrade --python-version 3.11 --generate-hashes --group peers -o bench/peers/requirements.lock
	uv pip compile -q --upgrade --python-version 3.11 --generate-hashes --group clients -o api_tests/clients/requirements.lock
	uv pip compile -q --upgrade --python-version 3.11 --no-strip-markers --generate-hashes pyproject.toml --extra mcp -c requirements.lock -o requirements-mcp.lock
	uv pip compile -q --upgrade --python-version 3.11 --no-strip-markers --generate-hashes pyproject.toml --extra archive -c requirements.lock -o requirements-archive.lock
	uv pip compile -q --upgrade --python-version 3.11 --no-strip-markers --generate-hashes pyproject.toml --extra cluster --extra postgresql -c requirements.lock -c requirements-archive.lock -o requirements-cluster.lock
	uv pip compile -q --upgrade --python-version 3.11 --no-strip-markers --generate-hashes pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean: ## remove .venv, packages of npm and caches
	rm -rf .venv web/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/.model: requirements.lock tools/typo_model/requirements.lock
	$(PYTHON) -m venv .venv/model
	.venv/model/bin/pip install -q --disable-pip-version-check --require-hashes -r tools/typo_model/requirements.lock
	@touch $@

.venv/.network: requirements.lock tools/typo_model/network.lock
	$(PYTHON) -m venv .venv/network
	.venv/network/bin/pip install -q --disable-pip-version-check --require-hashes -r tools/typo_model/network.lock
	@touch $@

.venv/.peers: bench/peers/requirements.lock
	$(PYTHON) -m venv .venv/peers
	.venv/peers/bin/pip install -q --disable-pip-version-check --require-hashes -r bench/peers/requirements.lock
	@touch $@

.venv/.clients: api_tests/clients/requirements.lock
	$(PYTHON) -m venv .venv/clients
	.venv/clients/bin/pip install -q --disable-pip-version-check --require-hashes -r api_tests/clients/requirements.lock
	@touch $@

.venv/.cluster: requirements-cluster.lock
	$(PYTHON) -m venv .venv/cluster
	.venv/cluster/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-cluster.lock
	@touch $@

.venv/.wagtail: plugins/wagtail/requirements.lock
	$(PYTHON) -m venv .venv/wagtail
	.venv/wagtail/bin/pip install -q --disable-pip-version-check --require-hashes -r plugins/wagtail/requirements.lock
	@touch $@

COMPILED := tools/compiled_modules.py detectors/kernel/seeds.py detectors/kernel/seeds.pxd

.venv/.serve: requirements.lock pyproject.toml $(COMPILED)
	./tools/compiler.sh
	./tools/venv.sh $(PYTHON) requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml $(COMPILED)
	./tools/compiler.sh
	./tools/venv.sh $(PYTHON) requirements-dev.lock
	@touch $@ .venv/.serve
