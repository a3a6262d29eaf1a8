// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.trust.key.KeyFiles;
import io.kpromo.trust.key.Keys;
import io.kpromo.trust.key.SigningKey;
import io.kpromo.trust.key.SigningKeys;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;

/// `kpromo keys public`: what belongs to a private key and may be shown to all.
final class KeysPublicCommand implements Command {
    private final Root root;
    private String key = "kpromo.key";
    private Optional<String> output = Optional.empty();

    KeysPublicCommand(Root root) {
        this.root = root;
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "public",
                        "Print the public key that belongs to a private one, in PEM form.",
                        "kpromo keys public --key kpromo.key",
                        "kpromo keys public --key gcpkms://projects/P/locations/global/keyRings/R/cryptoKeys/K",
                        "kpromo keys public --key release.key --output release    writes release.pub")
                .text(
                        "--key",
                        "KEY",
                        "The private key: a file, or gcpkms://…, awskms://… or hashivault://…. Default: kpromo.key.",
                        reference -> key = reference)
                .text(
                        "--output",
                        "PREFIX",
                        "Write PREFIX.pub instead of printing; nothing is overwritten.",
                        prefix -> output = Optional.of(prefix));
    }

    @Override
    public ExitCode call() throws InterruptedException {
        if (!SigningKeys.isOfService(key)) {
            return show(Keyring.offline(root.console()));
        }
        try (Session session = new Access(root).open()) {
            return show(new Keyring(root.console(), () -> session));
        }
    }

    private ExitCode show(Keyring keys) throws InterruptedException {
        try (SigningKey signing = keys.open(key)) {
            PublicKey found = signing.publicKey();
            if (output.isPresent()) {
                KeyFiles.writePublic(found, Path.of(output.get() + ".pub"));
            } else {
                root.console().out().print(Keys.pem(found));
            }
        }
        return ExitCode.DONE;
    }
}
