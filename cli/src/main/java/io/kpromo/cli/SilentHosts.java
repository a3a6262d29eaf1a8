// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.http.RegistryException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Hosts that no connection could be made to. Each is told of once, whoever meets it first.
final class SilentHosts {
    private final Set<String> told = new HashSet<>();

    /// The host that no connection could be made to, where that is why something failed.
    static Optional<String> in(Throwable failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(cause -> cause instanceof RegistryException)
                .map(cause -> (RegistryException) cause)
                .filter(RegistryException::unreachable)
                .map(cause -> cause.request().registry().toString())
                .findFirst();
    }

    /// @return whether nobody was told of it before
    boolean tell(String host) {
        return told.add(host);
    }
}
