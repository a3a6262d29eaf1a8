// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.trust.key.Fingerprint;
import io.kpromo.trust.key.KeyFiles;
import io.kpromo.trust.key.Keys;
import java.nio.file.Path;
import java.security.SecureRandom;

/// `kpromo keys generate`: a new key to sign with.
final class KeysGenerateCommand implements Command {
    private final Root root;
    private String output = "kpromo";

    KeysGenerateCommand(Root root) {
        this.root = root;
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "generate",
                        "Make a key to sign with: PREFIX.key, encrypted as cosign does it, and PREFIX.pub to verify with."
                                + " The password is COSIGN_PASSWORD, or is asked for. Nothing is overwritten.",
                        "kpromo keys generate",
                        "kpromo keys generate --output release    writes release.key and release.pub")
                .text("--output", "PREFIX", "Start of the two files' names. Default: kpromo.", p -> output = p);
    }

    @Override
    public ExitCode call() {
        Path privateFile = Path.of(output + ".key");
        Path publicFile = Path.of(output + ".pub");
        KeyFiles.mustNotExist(privateFile, publicFile);
        KeyFiles made = Keys.generate(KeyPassword.of(root.console()).ofNewKey(), new SecureRandom());
        made.write(privateFile, publicFile);
        root.console()
                .out()
                .println("private key  " + privateFile + "  (encrypted: keep it and its password)\npublic key   "
                        + publicFile + "\nfingerprint  "
                        + Fingerprint.identity(made.publicKey()).fingerprint());
        return ExitCode.DONE;
    }
}
