// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

/// The flags that say who signs, and whose signatures count.
final class SignerFlags {
    static final String ACCOUNT = "krel-trust@k8s-releng-prod.iam.gserviceaccount.com";
    static final String ISSUER = "https://accounts.google.com";

    private final KeylessFlags keyless = new KeylessFlags();
    private final CertificateFlags certificate = new CertificateFlags();
    private String key = "";
    private String account = ACCOUNT;

    /// What they say; empty texts where they say nothing.
    record Chosen(String key, String account, CertificateFlags.Chosen certificate, KeylessFlags.Chosen keyless) {}

    void describe(Flags flags) {
        flags.text(
                        "--key",
                        "FILE|KMS",
                        "Sign with this private key instead: a file (of kpromo keys generate or cosign, or PKCS #8),"
                                + " or gcpkms://…, awskms://…, hashivault://….",
                        reference -> key = reference)
                .text(
                        "--signer-account",
                        "ACCOUNT",
                        "Google service account to sign as. Default: " + ACCOUNT + ".",
                        a -> account = a);
        certificate.describe(
                flags,
                "Identity that signatures must carry. Default: the account.",
                "Issuer that signatures must carry. Default: " + ISSUER + ".");
        keyless.describe(flags);
    }

    Chosen chosen() {
        return new Chosen(key, account, certificate.chosen(), keyless.chosen());
    }
}
