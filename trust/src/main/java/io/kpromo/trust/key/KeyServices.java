// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.oci.http.Transport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// How services that hold keys are reached, and what of this machine says who asks.
///
/// @param environment the variables of the process
/// @param home the user's folder, if there is one
/// @param transport to the service; it stays the caller's to close
public record KeyServices(Map<String, String> environment, Optional<Path> home, Transport transport) {
    public KeyServices {
        environment = Map.copyOf(environment);
    }

    /// The variable, where it is set to something.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }
}
