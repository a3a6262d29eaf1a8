// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.images.proof.Records;
import java.net.URI;
import java.net.URISyntaxException;

/// The flags that say what records and summaries call us: organisations other than Kubernetes have names of their
/// own.
final class IdFlags {
    private String builder = "";
    private String verifier = "";
    private String reviewed = "K8S_PROMOTION_MANIFEST_REVIEWED";

    void describe(Flags flags) {
        describeBuilder(flags);
        flags.text(
                        "--verifier-id",
                        "URI",
                        "What verification summaries call us. Default: https://k8s.io/promo-tools/verifier/v1.",
                        id -> verifier = id)
                .text(
                        "--reviewed-level",
                        "WORD",
                        "What summaries call it that people review manifests; empty leaves it out. Default: " + reviewed
                                + ".",
                        level -> reviewed = level);
    }

    /// The one of records alone.
    void describeBuilder(Flags flags) {
        flags.text(
                "--builder-id",
                "URI",
                "What promotion records call us, before @ and version. Default: https://k8s.io/promo-tools.",
                id -> builder = id);
    }

    /// @throws UsageException where one of them is none
    Records.Ids ids() {
        Records.Ids ids = Records.Ids.standard().withReviewed(level());
        ids = builder.isEmpty() ? ids : ids.withBuilder(uri("--builder-id", builder));
        return verifier.isEmpty() ? ids : ids.withVerifier(uri("--verifier-id", verifier));
    }

    private String level() {
        if (reviewed.isEmpty() || (reviewed.matches("[A-Z][A-Z0-9_]*") && !isSlsas(reviewed))) {
            return reviewed;
        }
        throw new UsageException("--reviewed-level is a word like ORG_MANIFEST_REVIEWED, and none that SLSA has taken;"
                + " got " + Text.quoted(reviewed));
    }

    private static boolean isSlsas(String level) {
        return level.startsWith("SLSA_") || level.equals("FAILED");
    }

    private static String uri(String flag, String text) {
        try {
            if (new URI(text).isAbsolute() && !text.contains("@")) {
                return text;
            }
        } catch (URISyntaxException e) {
            throw new UsageException(flag + " is a URI; " + e.getMessage(), e);
        }
        throw new UsageException(
                flag + " is a URI like https://example.org/promoter, without @; got " + Text.quoted(text));
    }
}
