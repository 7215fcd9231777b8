.PHONY: test-crash

test-crash: ## kill -9 the server 200 times under load; DATABASE=postgres://… for PostgreSQL
	$(GO) run ./test/crash -kills 200 -database "$(DATABASE)"
