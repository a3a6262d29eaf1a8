// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.oci.http.OtherClients;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What of this machine decides which credentials there are.
///
/// @param variables of the process
/// @param home the user's folder, if there is one
record Surroundings(Map<String, String> variables, Optional<Path> home) {
    Surroundings {
        variables = Map.copyOf(variables);
    }

    /// An empty one counts as none.
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /// For the clients that the clouds' libraries bring along.
    OtherClients otherClients() {
        return new OtherClients(variables);
    }

    boolean isTrue(String name) {
        return variable(name).filter(value -> value.equalsIgnoreCase("true")).isPresent();
    }
}
