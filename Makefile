# SPDX-License-Identifier: Apache-2.0
# Copyright The kpromo Authors
#
# What contributors type. Needs a JDK 25.0.3 or newer (found by build/find-jdk, whatever comes first on the PATH), Maven and git.
.DEFAULT_GOAL := help
.PHONY: help build test slow interop bench dist format surface clean

JDK := $(shell sh build/find-jdk)
MVN = JAVA_HOME="$(JDK)" MAVEN_OPTS="$$MAVEN_OPTS --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" mvn -B -ntp

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

build: jdk ## jars, without running tests
	@$(MVN) -q -pl cli -am package -Dmaven.test.skip=true

test: jdk ## everything that must hold: tests, formatting, compiler checks
	@$(MVN) -T1C verify

slow: jdk ## the tests that take minutes: many kills, soak
	@$(MVN) verify -Dslow.tests=none

interop: jdk ## against registries and clients that others wrote
	@missing=0; sh interop/peers || missing=1; \
	$(MVN) -pl interop -am verify -Pinterop -Dtest='io.kpromo.interop.**.*Test' -Dsurefire.failIfNoSpecifiedTests=false \
		|| exit 1; \
	test $$missing = 0 || { echo "kpromo: programs that are named above are missing, so tests were skipped" >&2; exit 1; }

bench: jdk ## the yardstick workload; figures go to standard output
	@$(MVN) -q -pl bench -am package -DskipTests
	@JAVA_HOME="$(JDK)" sh bench/run

dist: build ## a self-contained archive in dist/ that needs no Java
	@JAVA_HOME="$(JDK)" sh build/dist

format: jdk ## put all sources into the one format
	@$(MVN) -q spotless:apply

surface: jdk ## write down anew what each room lets others see (surface.txt)
	@$(MVN) -q -pl cli -am verify -Dtest=SurfaceTest -Dsurefire.failIfNoSpecifiedTests=false -Dkpromo.surface.write=true

clean: jdk ## remove what builds made
	@$(MVN) -q clean
	@rm -rf dist

.PHONY: jdk
jdk:
	@test -n "$(JDK)" || exit 2
	@command -v mvn >/dev/null || { echo "kpromo: Maven is needed to build: install it (apt-get install maven, brew install maven)" >&2; exit 2; }
