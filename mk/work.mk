.PHONY: bench-work test-sequences

WORK_BULK ?= 100000

bench-work: ## measure orders with all that they bring, and in bulk; WORK_BULK=100000
	WORK_BULK=$(WORK_BULK) $(GO) test ./fieldservice/work -run '^$$' -bench Work -benchtime 1x -timeout 1h | grep figure

test-sequences: ## 100,000 random sequences of work keep all agreed
	$(GO) test ./fieldservice/work -run Sequences -rapid.checks=100000 -timeout 4h
