# Two commands are for everyone: `make run` and `make test`. The rest is for those who change the code.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
HOST ?= 127.0.0.1:8000
EVENTS ?= 100000
SMALL ?= 10000

.PHONY: run env test check lint types contracts migrations test-postgres score bench soak lock clean

run: env  ## the site at http://127.0.0.1:8000, with the demo read in, and a worker beside it that ends with it
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py load_demo
	$(BIN)/python manage.py create_editor
	@trap 'kill $$server $$worker 2>/dev/null; wait' EXIT; trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM; \
	$(BIN)/python manage.py worker & worker=$$!; \
	$(BIN)/python manage.py runserver $(HOST) & server=$$!; \
	wait $$server

env: $(READY)  ## the environment in .venv

$(READY): requirements-dev.txt requirements-es.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-es.txt
	touch $@

test: env  ## every test, in a browser and on PostgreSQL too where they are installed
	tests/browser/install
	$(BIN)/pytest -n 2 --dist loadfile
	tests/postgres

score: env  ## how well articles are read, on annotated ones: writes docs/scores.md and docs/calibration.md
	$(BIN)/python -m tests.benchmarks.score
	$(BIN)/python -m tests.benchmarks.calibration

bench: env  ## how fast articles are read and stored, EVENTS searched and exported, pages made: writes docs/speed.md
	$(BIN)/python -m tests.benchmarks.speed
	$(BIN)/python -m tests.benchmarks.growth
	$(BIN)/python -m tests.benchmarks.storing
	test -e var/bench/filled || ( export TIMELINE_DATA=var/bench && $(BIN)/python manage.py migrate --verbosity 0 \
		&& $(BIN)/python manage.py generate --events $(EVENTS) && touch var/bench/filled )
	test -e var/bench-small/filled || ( export TIMELINE_DATA=var/bench-small && $(BIN)/python manage.py migrate --verbosity 0 \
		&& $(BIN)/python manage.py generate --events $(SMALL) && touch var/bench-small/filled )
	TIMELINE_DATA=var/bench $(BIN)/python -m tests.benchmarks.search --small sqlite:///var/bench-small/timeline.sqlite3 --write
	TIMELINE_DATA=var/bench $(BIN)/python -m tests.benchmarks.site --add 300 --write
	TIMELINE_DATA=var/bench $(BIN)/python -m tests.benchmarks.exports --write
	TIMELINE_DATA=var/bench $(BIN)/python -m tests.benchmarks.lists --write

test-postgres: env  ## the same tests on PostgreSQL, with a server of their own
	tests/postgres --required

soak: env  ## every promise of safety, tried at length on both databases, some hours: writes docs/safety.md
	if [ -d /usr/lib/postgresql ] || command -v postgres >/dev/null; then tests/postgres --run $(BIN)/python -m tests.safety.soak $(ONLY); \
	else $(BIN)/python -m tests.safety.soak $(ONLY); fi

check: env lint types contracts migrations test  ## all that a change must pass

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/hadolint Dockerfile

types:
	$(BIN)/mypy timeline

contracts:
	$(BIN)/lint-imports

migrations:
	$(BIN)/python manage.py makemigrations --check --dry-run

lock:  ## exact versions and hashes from pyproject.toml
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile -q --upgrade --generate-hashes --universal --python-version 3.11 pyproject.toml -o requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile -q --upgrade --generate-hashes --universal --python-version 3.11 --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	sed -i '1i # Why each package is needed stands beside its name in pyproject.toml.' requirements.txt requirements-dev.txt

clean:
	rm -rf .venv var staticfiles
