// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Console;
import io.kpromo.trust.key.KeyProvider;
import io.kpromo.trust.key.KeyServices;
import io.kpromo.trust.key.SigningKey;
import io.kpromo.trust.key.SigningKeys;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Opens what a person wrote for `--key`.
final class Keyring {
    private final SigningKeys keys;

    /// @param session in which services are asked; opened only where a key is held by one
    Keyring(Console console, Supplier<Session> session) {
        KeyPassword password = KeyPassword.of(console);
        keys = new SigningKeys(
                () -> new KeyServices(
                        console.environment(),
                        console.variable("HOME").map(Path::of),
                        session.get().transport()),
                () -> session.get().clouds().find(KeyProvider.class),
                password::ofKey);
    }

    /// For keys in files alone.
    static Keyring offline(Console console) {
        return new Keyring(console, () -> {
            throw new UsageException("a key in a file is needed here");
        });
    }

    /// @param reference a file, or `gcpkms://…`, `awskms://…`, `hashivault://…`
    /// @throws io.kpromo.trust.TrustException where it can't be used; a service is asked only when the key is used
    SigningKey open(String reference) {
        return keys.open(reference);
    }
}
