// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// How a registry runs. Changed by copies.
///
/// @param folder what it holds; made where it is missing
/// @param listen where it listens; port 0 takes a free one
/// @param access who may do what
/// @param anonymousBeyondLoopback whether it may be reached from other machines without a password
/// @param readOnly whether every write is refused with 405
/// @param durable whether what was acknowledged survives a power cut; a kill of the process it survives always
/// @param features what it does
/// @param remembered how many requests [Registry#requests] keeps, the oldest go first
/// @param accessLog is told of every request; must be quick and must not throw
public record RegistryOptions(
        Path folder,
        InetSocketAddress listen,
        Access access,
        boolean anonymousBeyondLoopback,
        boolean readOnly,
        boolean durable,
        Set<Feature> features,
        int remembered,
        Consumer<Exchange> accessLog) {
    private static final int REMEMBERED = 100_000;

    public RegistryOptions {
        features = Set.copyOf(features);
        boolean loopback = listen.getAddress() != null && listen.getAddress().isLoopbackAddress();
        if (!loopback && access instanceof Access.Open && !anonymousBeyondLoopback) {
            throw new IllegalArgumentException("listening on " + listen.getHostString()
                    + " lets other machines write without a password: give a password file, or allow anonymous access");
        }
    }

    /// A free port on loopback, everyone may do everything, all features but Google's listing, quick rather than
    /// durable: made for tests.
    public static RegistryOptions in(Path folder) {
        return new RegistryOptions(
                folder,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Access.open(),
                false,
                false,
                false,
                EnumSet.complementOf(EnumSet.of(Feature.GOOGLE_LISTING)),
                REMEMBERED,
                _ -> {});
    }

    /// To be reached from beyond loopback it needs passwords or [#withAnonymousBeyondLoopback] first.
    public RegistryOptions withListen(InetSocketAddress address) {
        return new RegistryOptions(
                folder, address, access, anonymousBeyondLoopback, readOnly, durable, features, remembered, accessLog);
    }

    public RegistryOptions withAccess(Access other) {
        return new RegistryOptions(
                folder, listen, other, anonymousBeyondLoopback, readOnly, durable, features, remembered, accessLog);
    }

    public RegistryOptions withAnonymousBeyondLoopback(boolean allowed) {
        return new RegistryOptions(folder, listen, access, allowed, readOnly, durable, features, remembered, accessLog);
    }

    public RegistryOptions withReadOnly(boolean refused) {
        return new RegistryOptions(
                folder, listen, access, anonymousBeyondLoopback, refused, durable, features, remembered, accessLog);
    }

    public RegistryOptions withDurable(boolean safe) {
        return new RegistryOptions(
                folder, listen, access, anonymousBeyondLoopback, readOnly, safe, features, remembered, accessLog);
    }

    public RegistryOptions withRemembered(int requests) {
        return new RegistryOptions(
                folder, listen, access, anonymousBeyondLoopback, readOnly, durable, features, requests, accessLog);
    }

    public RegistryOptions withAccessLog(Consumer<Exchange> log) {
        return new RegistryOptions(
                folder, listen, access, anonymousBeyondLoopback, readOnly, durable, features, remembered, log);
    }

    public RegistryOptions with(Feature... more) {
        EnumSet<Feature> all = copyOfFeatures();
        all.addAll(Set.of(more));
        return withFeatures(all);
    }

    public RegistryOptions without(Feature... fewer) {
        EnumSet<Feature> all = copyOfFeatures();
        all.removeAll(Set.of(fewer));
        return withFeatures(all);
    }

    private EnumSet<Feature> copyOfFeatures() {
        EnumSet<Feature> all = EnumSet.noneOf(Feature.class);
        all.addAll(features);
        return all;
    }

    private RegistryOptions withFeatures(Set<Feature> all) {
        return new RegistryOptions(
                folder, listen, access, anonymousBeyondLoopback, readOnly, durable, all, remembered, accessLog);
    }

    /// The password file, if that is how access is decided.
    public Optional<Path> htpasswd() {
        return access instanceof Access.Passwords passwords ? Optional.of(passwords.file()) : Optional.empty();
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }
}
