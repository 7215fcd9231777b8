.PHONY: web web-check web-e2e bench-web

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.package-lock.json

web: web/node_modules/.package-lock.json ## build the console into server/page/dist
	cd web && npm run --silent build

web-check: web/node_modules/.package-lock.json ## types and tests of the console, and that its built files are those of its sources
	cd web && npm run --silent check && npm run --silent test
	cd web && npm run --silent same

CHROMIUM ?= $(firstword $(wildcard /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome))
export CHROMIUM

web-e2e: web/node_modules/.package-lock.json ## journeys through the console in Chromium, on demo companies of their own
ifeq ($(CHROMIUM),)
	@echo '*** JOURNEYS THROUGH THE CONSOLE SKIPPED: no Chromium. Install Debian'"'"'s chromium, or say CHROMIUM=/path/to/it'
else
	cd web && npm run --silent e2e
endif

bench-web: web/node_modules/.package-lock.json ## measure the console against its targets; BENCH_DATA names a data directory of a million work orders
	cd web && npm run --silent bench
