// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All that a command sees of the process it runs in; tests make their own.
///
/// @param environment the environment variables; nothing else asks the process for them
/// @param in standard input
/// @param out standard output: results, and nothing else
/// @param err standard error: logs, progress, errors
/// @param interactive whether a person at a terminal reads `err`
public record Console(
        Map<String, String> environment, InputStream in, PrintStream out, PrintStream err, boolean interactive) {
    public Console {
        environment = Map.copyOf(environment);
    }

    /// The variable, where it is set to something.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }

    /// Whether more than ASCII can be shown, going by the locale that was there before the launcher changed it.
    public boolean unicode() {
        if (variable("KPROMO_ASCII").isPresent()) {
            return false;
        }
        String locale = variable("LC_ALL")
                .or(() -> variable("LC_CTYPE"))
                .or(() -> variable("LANG"))
                .orElse("");
        return locale.toUpperCase(Locale.ROOT).replace("-", "").endsWith("UTF8");
    }
}
