// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.trust.key.KeyFiles;
import io.kpromo.trust.key.Keys;
import io.kpromo.trust.key.SigningKey;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;

/// `kpromo keys public`: what belongs to a private key and may be shown to all.
final class KeysPublicCommand implements Command {
    private final Root root;
    private Path key = Path.of("kpromo.key");
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
                        "kpromo keys public --key release.key --output release    writes release.pub")
                .file("--key", "FILE", "The private key. Default: kpromo.key.", file -> key = file)
                .text(
                        "--output",
                        "PREFIX",
                        "Write PREFIX.pub instead of printing; nothing is overwritten.",
                        prefix -> output = Optional.of(prefix));
    }

    @Override
    public ExitCode call() throws InterruptedException {
        KeyPassword password = KeyPassword.of(root.console());
        try (SigningKey signing = Keys.read(key, () -> password.ofKey(key.toString()))) {
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
