// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// The flags that say which Sigstore signs without a key, and where the token for it comes from.
final class KeylessFlags {
    static final String FULCIO = "https://fulcio.sigstore.dev";
    static final String REKOR = "https://rekor.sigstore.dev";

    private Optional<Path> token = Optional.empty();
    private Optional<Path> trustedRoot = Optional.empty();
    private Optional<Path> signingConfig = Optional.empty();
    private String fulcio = "";
    private String rekor = "";
    private OptionalInt rekorVersion = OptionalInt.empty();
    private String timestamps = "";

    /// What they say; empty where they say nothing.
    record Chosen(
            Optional<Path> token,
            Optional<Path> trustedRoot,
            Optional<Path> signingConfig,
            String fulcio,
            String rekor,
            OptionalInt rekorVersion,
            String timestamps) {
        /// Whether some service is named, so that nobody has to be asked for them.
        boolean namesServices() {
            return signingConfig.isPresent() || rekorVersion.isPresent() || !(fulcio + rekor + timestamps).isEmpty();
        }
    }

    void describe(Flags flags) {
        flags.file(
                        "--identity-token",
                        "FILE",
                        "File with an OpenID Connect token to sign with. Default: SIGSTORE_ID_TOKEN, GitHub Actions, Google.",
                        file -> token = Optional.of(file))
                .file(
                        "--trusted-root",
                        "FILE",
                        "trusted_root.json of a Sigstore instance.",
                        file -> trustedRoot = Optional.of(file))
                .file(
                        "--signing-config",
                        "FILE",
                        "signing_config.json of a Sigstore instance; in place of the addresses below.",
                        file -> signingConfig = Optional.of(file))
                .text(
                        "--fulcio-url",
                        "URL",
                        "Certificate authority. Default: what the public Sigstore's signing config says, unless"
                                + " another service is named; then " + FULCIO + ".",
                        u -> fulcio = u)
                .text("--rekor-url", "URL", "Transparency log. Default: likewise; " + REKOR + ".", u -> rekor = u)
                .number(
                        "--rekor-version",
                        "N",
                        1,
                        "Which Rekor that is: 1 or 2.",
                        n -> rekorVersion = OptionalInt.of(n))
                .text("--timestamp-url", "URL", "Timestamp authority; Rekor 2 needs one.", u -> timestamps = u);
    }

    Chosen chosen() {
        return new Chosen(token, trustedRoot, signingConfig, fulcio, rekor, rekorVersion, timestamps);
    }
}
