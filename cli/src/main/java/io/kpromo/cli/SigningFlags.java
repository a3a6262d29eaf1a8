// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;

/// The flags of signing. They are understood, and with `--confirm` they are not passed over: who asks for signatures
/// must not be told that all is well when none were made.
final class SigningFlags {
    private static final String ACCOUNT = "krel-trust@k8s-releng-prod.iam.gserviceaccount.com";
    private static final String ISSUER = "https://accounts.google.com";

    private boolean sign = true;
    private int threshold = -1;

    void describe(Flags flags) {
        flags.section("Signing and checking")
                .toggle(
                        "--sign",
                        true,
                        "Sign what was promoted. This version cannot yet: use --sign=false.",
                        on -> sign = on)
                .text("--signer-account", "ACCOUNT", "Identity to sign as. Default: " + ACCOUNT + ".", a -> {})
                .text(
                        "--certificate-identity",
                        "ID",
                        "Identity that signatures must carry. Default: the same.",
                        id -> {})
                .text("--certificate-identity-regexp", "RE2", "The same as an expression; wins where set.", re -> {})
                .text(
                        "--certificate-oidc-issuer",
                        "URL",
                        "Issuer that signatures must carry. Default: " + ISSUER + ".",
                        u -> {})
                .text("--certificate-oidc-issuer-regexp", "RE2", "The same as an expression; wins where set.", re -> {})
                .number("--max-signature-ops", "N", 50, "Signature operations at the same time.", n -> {})
                .number(
                        "--vuln-severity-threshold",
                        "0…5",
                        -1,
                        "Only check for vulnerabilities, and fail at or above this severity; negative is off.",
                        n -> threshold = n);
    }

    /// @param confirm whether anything is to be written
    void refuseWhatWeCannot(boolean confirm) {
        if (threshold > 5) {
            throw new UsageException("--vuln-severity-threshold is at most 5 (CRITICAL); got " + threshold);
        }
        if (threshold >= 0) {
            throw new UsageException("this version cannot check for vulnerabilities (--vuln-severity-threshold "
                    + Text.count(threshold) + "); leave the flag out");
        }
        if (confirm && sign) {
            throw new UsageException("this version cannot sign; promote with --sign=false");
        }
    }
}
