// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.nio.file.Path;
import java.util.Optional;

/// The flags that say whose signatures count, and what they are checked with.
final class IdentityFlags {
    private final CertificateFlags certificate = new CertificateFlags();
    private String key = "";
    private Optional<Path> trustedRoot = Optional.empty();

    /// Those that say who is expected, and what to check with.
    void describe(Flags flags) {
        describeMeans(flags.section("Whose signatures count"));
        certificate.describe(
                flags,
                "Identity in the signer's certificate.",
                "Issuer that vouches for the identity in the certificate.");
    }

    /// Those that say what to check with, whoever has signed.
    void describeMeans(Flags flags) {
        flags.text(
                        "--key",
                        "FILE|KMS",
                        "Public key of the signer: a PEM file, or gcpkms://…, awskms://…, hashivault://….",
                        reference -> key = reference)
                .file(
                        "--trusted-root",
                        "FILE",
                        "trusted_root.json of a Sigstore instance. Default: the public one's.",
                        file -> trustedRoot = Optional.of(file));
    }

    /// Whether somebody is named whose signatures count.
    boolean given() {
        return !key.isEmpty() || certificate.chosen().isGiven();
    }

    /// What they mean in this session. Neither a service nor Sigstore is asked before it is needed.
    Identities open(Session session, Root root) {
        return new Identities(session, root, key, trustedRoot, certificate.chosen());
    }
}
