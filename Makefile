# `make demo` and `make test` do all their own set-up on a fresh Debian 12. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
ROOMS := gateway policies filters config
# A lock is complete: taken as it is, it needs no resolver, whose older versions stumble over hashes and extras.
PIP := -m pip --disable-pip-version-check --no-input install --require-hashes --no-deps
JOBS ?= 2

# Each tool and the Debian package that brings it.
RUN_TOOLS := python3=python3
OUTBOUND_TOOLS := squid=squid-openssl
CLUSTER_TOOLS := haproxy=haproxy redis-server=redis-server postgres=postgresql
TEST_TOOLS := node=nodejs npm=npm promtool=prometheus chromium=chromium certutil=libnss3-tools squid=squid-openssl unbound=unbound curl=curl openssl=openssl nft=nftables ip=iproute2 faketime=faketime strace=strace systemd-analyze=systemd redis-server=redis-server postgres=postgresql haproxy=haproxy
# Where Debian puts servers; each version of PostgreSQL has its own folder.
export PATH := $(PATH):/usr/sbin:/sbin:$(lastword $(sort $(wildcard /usr/lib/postgresql/*/bin)))

.PHONY: help demo outbound cluster soak serve test check format lint types imports shape bench bench-peers train train-charter clean

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

demo: .make/runtime ## Set up, play one real note through the gateway, then serve it (ONCE=1: play and stop)
	@$(BIN)/ecluse demo $(if $(ONCE),--once)

outbound: .make/runtime ## Outgoing connections: a real Squid on loopback, three connections, what is counted
	$(call debian,$(OUTBOUND_TOOLS))
	@$(BIN)/ecluse outbound demo

cluster: .make/runtime ## Two gateways, HAProxy, Redis, PostgreSQL: shared, stopped, killed, drained (DATABASE=sqlite; ONCE=1)
	$(call debian,$(CLUSTER_TOOLS))
	@$(BIN)/python -m deploy.cluster $(if $(DATABASE),--database $(DATABASE)) $(if $(PORT),--port $(PORT)) $(if $(ONCE),--once)

soak: .make/runtime ## Half an hour of load on the same cluster: memory, times, journal (MINUTES=5 for less)
	$(call debian,$(CLUSTER_TOOLS))
	@$(BIN)/python -m bench.soak.run $(if $(MINUTES),--minutes $(MINUTES))

serve: .make/runtime ## Start the gateway (CONFIG=file for your own configuration)
	@$(BIN)/ecluse serve $(if $(CONFIG),--config $(CONFIG))

test: .make/dev .make/upstream .make/node check ## Everything: checks, then all tests against real services
	$(BIN)/pytest -n $(JOBS) --dist loadgroup

check: .make/dev format lint types imports shape ## Format, lint, types, import contracts, shape

format: .make/dev
	$(BIN)/ruff format --check .

lint: .make/dev
	$(BIN)/ruff check .

types: .make/dev
	$(BIN)/mypy

imports: .make/dev
	$(BIN)/lint-imports --no-cache

shape: .make/dev
	$(BIN)/pytest -q tests/architecture

bench: .make/dev ## Gateway beside the bare upstream: throughput, latency, first token
	$(BIN)/python -m bench.gateway.run

bench-peers: .make/runtime ## Beside other gateways, which it installs: LiteLLM, Presidio, Portkey and more (ARGS=--write)
	$(call debian,node=nodejs npm=npm)
	$(BIN)/python -m bench.peers.run $(ARGS)

train: .make/training ## Make the tagger of identifiers again (half an hour), and measure it
	$(VENV)-training/bin/python -m filters.identifiers.training
	$(VENV)-training/bin/python -m bench.masking.run --write

train-charter: .make/training ## Make the recogniser of practices again (two hours), and measure it
	$(VENV)-training/bin/python -m policies.practices.training
	$(VENV)-training/bin/python -m bench.charter.run --write

clean: ## Forget the environments, keep the data
	rm -rf $(VENV) .venv-upstream .venv-training .venv-peers .make tests/clients/node/node_modules

# What Debian has to provide: installed when root, named in one line when not. Only what is missing: a Node.js from its
# own publisher brings npm, and conflicts with Debian's.
# Servers are not started by their packages: the tests start their own.
NO_START := /usr/sbin/policy-rc.d
define debian
	@missing=""; for pair in $(1); do command -v "$${pair%%=*}" >/dev/null || missing="$$missing $${pair#*=}"; done; \
	if [ "$(1)" = "$(RUN_TOOLS)" ]; then python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$$missing python3-venv"; fi; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then echo "Installing Debian packages:$$missing"; \
	    if [ ! -e $(NO_START) ]; then printf '#!/bin/sh\nexit 101\n' >$(NO_START); chmod +x $(NO_START); trap 'rm -f $(NO_START)' EXIT; fi; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  else echo "Missing. As root: apt-get install --no-install-recommends$$missing" >&2; exit 1; fi; \
	fi
endef

.make/venv:
	@mkdir -p .make
	$(call debian,$(RUN_TOOLS))
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Écluse needs Python 3.11 or later")'
	python3 -m venv $(VENV)
	@touch $@

.make/runtime: .make/venv requirements/runtime.lock
	@if [ ! -e .make/dev ]; then echo "Installing Écluse and its libraries (a few minutes the first time)"; \
	  $(BIN)/python $(PIP) --progress-bar on -q -r requirements/runtime.lock; $(MAKE) --no-print-directory install; fi
	@touch $@

.make/dev: .make/venv requirements/dev.lock
	$(call debian,$(TEST_TOOLS))
	@echo "Installing Écluse with what its tests need (a few minutes the first time)"
	@$(BIN)/python $(PIP) -q -r requirements/dev.lock
	@$(MAKE) --no-print-directory install
	@touch $@ .make/runtime

.make/upstream: .make/venv requirements/upstream.lock
	@echo "Installing the server of models that the integration tests call"
	@python3 -m venv .venv-upstream
	@.venv-upstream/bin/python $(PIP) -q -r requirements/upstream.lock
	@touch $@

.make/training: .make/venv requirements/training.lock
	@echo "Installing what trains the networks"
	@python3 -m venv $(VENV)-training
	@$(VENV)-training/bin/python $(PIP) -q -r requirements/training.lock
	@touch $@

.make/node: tests/clients/node/package-lock.json
	@mkdir -p .make
	$(call debian,$(TEST_TOOLS))
	@cd tests/clients/node && npm ci --silent --no-audit --no-fund
	@touch $@

.PHONY: install
install:
	@$(BIN)/python -m pip --disable-pip-version-check install -q --no-deps --no-build-isolation -C editable_mode=compat -e .
