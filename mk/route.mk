.PHONY: bench-route

ROUTE_DATA ?= ../shared/data
ROUTE_BENCH ?=

bench-route: ## measure the optimiser; ROUTE_DATA=DIR with instances, ROUTE_BENCH="-only h200 -scale 0.1 -v"
	$(GO) run ./test/bench/route -data $(ROUTE_DATA) $(ROUTE_BENCH)
