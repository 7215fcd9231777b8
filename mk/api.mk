.PHONY: test-worlds fuzz-api

WORLD_REQUESTS ?= 10000

test-worlds: ## two worlds that differ in what a user may not see answer 10,000 random requests alike
	$(GO) test ./test/world -count=1 -timeout 30m -args -requests $(WORLD_REQUESTS)

fuzz-api: ## fuzz what reads bodies and references, a minute each
	$(GO) test ./server/api -run '^$$' -fuzz FuzzInspect -fuzztime 1m
	$(GO) test ./server/api -run '^$$' -fuzz FuzzResolve -fuzztime 1m
