# Every target is a command that a person would type. `make help` lists them.
GO ?= go
export GOFLAGS ?= -buildvcs=false

.PHONY: help demo build test check go-test
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'

demo: ## start the server with a demo company
	$(GO) run ./cmd/truckroll demo

build: ## build the program into ./truckroll
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o truckroll ./cmd/truckroll

test: check go-test client-test web-check web-e2e ## pass all tests

check: ## formatting, vet, staticcheck, and that the tree builds
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo 'run gofmt -w on these'; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

go-test: ## all Go tests, on SQLite and, where its server is installed, PostgreSQL
	$(GO) test ./...

-include mk/*.mk
