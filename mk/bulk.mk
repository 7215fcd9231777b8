.PHONY: bench-bulk

bench-bulk: ## load 100,000 work orders, and as many accounts, by Bulk API 2.0; DATABASE=postgres://… for PostgreSQL
	$(GO) run ./test/bench/bulk -object Account -database "$(DATABASE)"
	$(GO) run ./test/bench/bulk -object WorkOrder -database "$(DATABASE)"
