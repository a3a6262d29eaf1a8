// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.Host;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What can be set about the way to registries. Start with [#standard].
///
/// @param timeouts how long is waited for what
/// @param rates how many requests a second are sent
/// @param tries how often a request is sent at most, 1 or more
/// @param slotsPerHost how many requests a host gets at a time, 1 or more
/// @param insecure hosts that may be spoken to by plain HTTP, where they don't speak HTTPS
/// @param secure hosts that are spoken to by HTTPS alone, on this machine too
/// @param environment the variables of the process, for proxies and certificates
/// @param certificateFolders folders like `/etc/docker/certs.d`, with a folder for each host that needs one
/// @param authorities for hosts that have their own: a file in PEM form, or a folder of such files, and nobody
///     else is believed there
/// @param trace a file that gets a line of JSON for each request
/// @param userAgent the name we give
public record TransportOptions(
        Timeouts timeouts,
        Rates rates,
        int tries,
        int slotsPerHost,
        Set<Host> insecure,
        Set<Host> secure,
        Map<String, String> environment,
        List<Path> certificateFolders,
        Map<Host, Path> authorities,
        Optional<Path> trace,
        String userAgent) {
    public TransportOptions {
        if (tries < 1 || slotsPerHost < 1) {
            throw new IllegalArgumentException("tries and slots are 1 or more");
        }
        insecure = Set.copyOf(insecure);
        secure = Set.copyOf(secure);
        environment = Map.copyOf(environment);
        certificateFolders = List.copyOf(certificateFolders);
        authorities = Map.copyOf(authorities);
    }

    /// No environment, no insecure hosts, no trace.
    public static TransportOptions standard() {
        return new TransportOptions(
                Timeouts.standard(),
                Rates.auto(),
                5,
                32,
                Set.of(),
                Set.of(),
                Map.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                "kpromo");
    }

    /// With proxies and certificates as they are set up on this machine.
    ///
    /// @param variables of the process
    /// @param home the user's folder, if there is one
    public static TransportOptions ofMachine(Map<String, String> variables, Optional<Path> home) {
        return standard().withEnvironment(variables).withCertificateFolders(HostCertificates.usual(home));
    }

    public TransportOptions withCertificateFolders(List<Path> folders) {
        return new TransportOptions(
                timeouts,
                rates,
                tries,
                slotsPerHost,
                insecure,
                secure,
                environment,
                folders,
                authorities,
                trace,
                userAgent);
    }

    public TransportOptions withAuthorities(Map<Host, Path> ofHosts) {
        return new TransportOptions(
                timeouts,
                rates,
                tries,
                slotsPerHost,
                insecure,
                secure,
                environment,
                certificateFolders,
                ofHosts,
                trace,
                userAgent);
    }

    public TransportOptions withTimeouts(Timeouts other) {
        return new TransportOptions(
                other,
                rates,
                tries,
                slotsPerHost,
                insecure,
                secure,
                environment,
                certificateFolders,
                authorities,
                trace,
                userAgent);
    }

    public TransportOptions withRates(Rates other) {
        return new TransportOptions(
                timeouts,
                other,
                tries,
                slotsPerHost,
                insecure,
                secure,
                environment,
                certificateFolders,
                authorities,
                trace,
                userAgent);
    }

    public TransportOptions withTries(int most) {
        return new TransportOptions(
                timeouts,
                rates,
                most,
                slotsPerHost,
                insecure,
                secure,
                environment,
                certificateFolders,
                authorities,
                trace,
                userAgent);
    }

    public TransportOptions withSlotsPerHost(int slots) {
        return new TransportOptions(
                timeouts,
                rates,
                tries,
                slots,
                insecure,
                secure,
                environment,
                certificateFolders,
                authorities,
                trace,
                userAgent);
    }

    public TransportOptions withInsecure(Set<Host> hosts) {
        return new TransportOptions(
                timeouts,
                rates,
                tries,
                slotsPerHost,
                hosts,
                secure,
                environment,
                certificateFolders,
                authorities,
                trace,
                userAgent);
    }

    public TransportOptions withSecure(Set<Host> hosts) {
        return new TransportOptions(
                timeouts,
                rates,
                tries,
                slotsPerHost,
                insecure,
                hosts,
                environment,
                certificateFolders,
                authorities,
                trace,
                userAgent);
    }

    public TransportOptions withEnvironment(Map<String, String> variables) {
        return new TransportOptions(
                timeouts,
                rates,
                tries,
                slotsPerHost,
                insecure,
                secure,
                variables,
                certificateFolders,
                authorities,
                trace,
                userAgent);
    }

    public TransportOptions withTrace(Path file) {
        return new TransportOptions(
                timeouts,
                rates,
                tries,
                slotsPerHost,
                insecure,
                secure,
                environment,
                certificateFolders,
                authorities,
                Optional.of(file),
                userAgent);
    }

    public TransportOptions withUserAgent(String name) {
        return new TransportOptions(
                timeouts,
                rates,
                tries,
                slotsPerHost,
                insecure,
                secure,
                environment,
                certificateFolders,
                authorities,
                trace,
                name);
    }
}
