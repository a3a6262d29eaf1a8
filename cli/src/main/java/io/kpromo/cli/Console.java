// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/// All that a command sees of the process it runs in; tests make their own.
///
/// @param environment the environment variables; nothing else asks the process for them
/// @param in standard input
/// @param out standard output: results, and nothing else
/// @param err standard error: logs, progress, errors
/// @param interactive whether a person at a terminal reads `err`
record Console(Map<String, String> environment, InputStream in, PrintStream out, PrintStream err, boolean interactive) {
    Console {
        environment = Map.copyOf(environment);
    }

    /// The variable, where it is set to something.
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }
}
