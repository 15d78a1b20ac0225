# Two commands do everything: `make run` and `make test`. The rest are parts of them.
SHELL := /bin/bash
GO ?= go
BUILD := CGO_ENABLED=0 $(GO) build -trimpath -buildvcs=false -ldflags=-buildid=
PACKAGES := ./...

.PHONY: run test build front dev bench shots mutants need need-build format check lint front-check unit race program browser clean

## run: build everything and serve the demo on http://localhost:8080
run: build
	@exec ./bin/luukku serve --demo

## build: leaves bin/luukku, the front end inside it
build: need-build front
	@mkdir -p bin
	$(BUILD) -o bin/luukku ./cmd/luukku

## front: the front end, into web/app/dist
front: web/app/node_modules/.installed
	cd web/app && npm run --silent build

web/app/node_modules/.installed: web/app/package-lock.json
	@# Not "npm ci": it wants every other platform's binaries in the lock file, even those it will not install.
	cd web/app && npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

## test: every check there is; what it needs is installed first (as root), or named. The longest begins first.
test: need format build
	@BUILT=1 scripts/stages browser lint front-check race program
	@echo "All checks passed."

need-build:
	@scripts/need build

need:
	@scripts/need test

format:
	@scripts/format

## check: what can be told without running the program
check: lint front-check

lint:
	$(GO) vet $(PACKAGES)
	$(GO) tool staticcheck $(PACKAGES)

front-check: web/app/node_modules/.installed
	cd web/app && npm run --silent check && npm test --silent

## unit: the Go tests, quickly
unit:
	$(GO) test $(PACKAGES)

## race: the Go tests under the race detector; lint has vetted them. It does not watch inside SQLite itself, which was translated
## from C and synchronises nothing: watching it makes these tests three times as slow. No package that uses
## sync or sync/atomic may be left out with it, or the others would share its unwatched copies of their generics.
race:
	CGO_ENABLED=1 $(GO) test -race -gcflags=modernc.org/sqlite/lib=-race=false -vet=off -timeout 20m $$($(GO) list $(PACKAGES) | grep -v /proof)

## program: the tests about the whole program
program: $(if $(BUILT),,build)
	$(GO) test -timeout 20m ./proof/...

## browser: Chromium against a running demo
browser: $(if $(BUILT),,build)
	@scripts/browser

## bench: prints the figures of docs/operating.md
bench: build
	@scripts/bench

## shots: named states in three languages and two widths, as PNG files in shots/
shots: build
	@scripts/shots

## mutants: each patch in proof/mutants must make the test that it names fail
mutants:
	@scripts/mutants

## dev: the front end with hot reload against a demo server
dev: build
	@scripts/dev

clean:
	rm -rf bin shots web/app/dist/assets
