// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Console;
import io.kpromo.oci.auth.Secret;
import java.util.Optional;
import java.util.function.Function;

/// The password of a private key: the variable `COSIGN_PASSWORD`, which may be set to nothing, or else what a
/// person at the terminal types.
final class KeyPassword {
    private static final String VARIABLE = "COSIGN_PASSWORD";

    private final Optional<Secret> set;
    private final Function<String, Optional<Secret>> ask;

    /// @param ask shows the text and reads a line unseen; empty where nobody is there to ask
    KeyPassword(Console console, Function<String, Optional<Secret>> ask) {
        this.set = Optional.ofNullable(console.environment().get(VARIABLE)).map(Secret::of);
        this.ask = ask;
    }

    static KeyPassword of(Console console) {
        return new KeyPassword(console, prompt -> console.interactive() ? typed(prompt) : Optional.empty());
    }

    private static Optional<Secret> typed(String prompt) {
        return Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .map(terminal -> terminal.readPassword("%s: ", prompt))
                .map(line -> Secret.of(new String(line)));
    }

    /// Empty where there is none and nobody to ask.
    Optional<Secret> ofKey(String name) {
        return set.or(() -> ask.apply("Password of " + name));
    }

    /// Asked for twice, for what is mistyped once is lost for ever.
    Secret ofNewKey() {
        if (set.isPresent()) {
            return set.get();
        }
        Secret first = ask.apply("Password of the new key")
                .orElseThrow(() -> new UsageException(
                        "no password for the new key; set " + VARIABLE + ", to nothing where it shall have none"));
        if (!ask.apply("The same again").filter(first::equals).isPresent()) {
            throw new UsageException("the two passwords differ; nothing is written");
        }
        return first;
    }
}
