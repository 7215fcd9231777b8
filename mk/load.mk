.PHONY: bench bench-postgres

bench: ## the server beside PocketBase over HTTP, on the embedded database (loads a million work orders first)
	$(GO) run ./test/bench/load

bench-postgres: ## the same on PostgreSQL: make bench-postgres DATABASE=postgres://…
	$(GO) run ./test/bench/load -alone -database "$(DATABASE)"
