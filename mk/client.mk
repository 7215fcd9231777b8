.PHONY: client-test

client-test: ## run third-party clients (jsforce) against a demo server
	@command -v npm >/dev/null || { echo 'npm is needed: install Node 20 or later'; exit 1; }
	cd test/client/js && npm ci --ignore-scripts && node --test
