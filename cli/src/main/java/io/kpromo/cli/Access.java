// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.http.Rates;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.trust.key.VaultAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The flags of commands that talk to registries, and the way there.
final class Access {
    /// It is read once, and written to three places or so.
    private static final int REQUESTS_OF_A_FILE = 4;

    private final Root root;
    private final List<String> insecure = new ArrayList<>();
    private final List<String> listing = new ArrayList<>();
    private final List<String> realms = new ArrayList<>();
    private String qps = "auto";
    private String qpsPerHost = "";
    private Optional<Path> trace = Optional.empty();

    Access(Root root) {
        this.root = root;
    }

    void describe(Flags flags) {
        flags.section("Registries")
                .text(
                        "--qps",
                        "N",
                        "Requests a second to all hosts together. Default: auto, Google's 50.",
                        n -> qps = n)
                .text("--qps-per-host", "N", "Requests a second to each host. Default: no limit.", n -> qpsPerHost = n)
                .texts("--insecure-registry", "HOST", "A host that may be spoken to by plain HTTP.", insecure)
                .texts("--google-listing", "HOST", "A host that lists in Google's form, whatever its name.", listing)
                .texts(
                        "--allow-token-realm",
                        "HOST",
                        "A host that may issue tokens for registries elsewhere, and see credentials for them.",
                        realms)
                .file(
                        "--trace-requests",
                        "FILE",
                        "Write a line of JSON for each request.",
                        f -> trace = Optional.of(f));
    }

    /// Hosts that list in Google's form though their name does not say so.
    Set<Host> listing() {
        return hosts("--google-listing", listing);
    }

    /// The way to registries as the flags want it; to be closed.
    Session open() {
        return session(options(Named.none()));
    }

    /// For somebody who wants to know now: a host that does not answer is tried once more, and connections are
    /// waited for 5 seconds.
    Session glance() {
        TransportOptions usual = options(Named.none());
        return session(usual.withTries(2).withTimeouts(usual.timeouts().withConnect(Duration.ofSeconds(5))));
    }

    /// Hosts whose scheme somebody named elsewhere than by the flags.
    ///
    /// @param plain by `http://`
    /// @param secure by `https://`
    record Named(Set<Host> plain, Set<Host> secure) {
        Named {
            plain = Set.copyOf(plain);
            secure = Set.copyOf(secure);
        }

        static Named none() {
            return new Named(Set.of(), Set.of());
        }
    }

    /// @param named by their schemes: that is how they are spoken to
    /// @param files that are to be copied at the same time; all buckets of a cloud are behind one host, and its
    ///     slots must not be what their copies wait for
    Session open(Named named, int files) {
        TransportOptions usual = options(named);
        return session(usual.withSlotsPerHost(Math.max(usual.slotsPerHost(), files * REQUESTS_OF_A_FILE)));
    }

    private Session session(TransportOptions options) {
        return Session.open(trace.map(options::withTrace).orElse(options), hosts("--allow-token-realm", realms), root);
    }

    private TransportOptions options(Named named) {
        Set<Host> insecure = new LinkedHashSet<>(named.plain());
        insecure.addAll(hosts("--insecure-registry", this.insecure));
        Map<String, String> environment = root.console().environment();
        return TransportOptions.ofMachine(
                        environment, root.console().variable("HOME").map(Path::of))
                .withRates(rates())
                .withInsecure(insecure)
                .withSecure(named.secure())
                // Whoever has no Vault opens nothing of trust for it.
                .withAuthorities(
                        environment.containsKey("VAULT_ADDR") ? VaultAddress.authorities(environment) : Map.of())
                .withUserAgent("kpromo/" + BuildInfo.ours().version());
    }

    private Rates rates() {
        Rates rates = qps.equals("auto") ? Rates.auto() : Rates.total(rate("--qps", qps));
        return qpsPerHost.isEmpty() ? rates : rates.withPerHost(rate("--qps-per-host", qpsPerHost));
    }

    private static double rate(String flag, String text) {
        if (!text.matches("[0-9]{1,6}(\\.[0-9]{1,3})?") || Double.parseDouble(text) == 0) {
            throw new UsageException(flag + " is a number of requests above 0; got " + text);
        }
        return Double.parseDouble(text);
    }

    private static Set<Host> hosts(String flag, List<String> texts) {
        Set<Host> hosts = new LinkedHashSet<>();
        for (String text : texts) {
            for (String name : Arrays.asList(text.split(",", -1))) {
                try {
                    hosts.add(new Host(name));
                } catch (InvalidNameException e) {
                    throw new UsageException(flag + ": " + e.getMessage(), e);
                }
            }
        }
        return hosts;
    }
}
