// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.proof.ProductionNames;
import io.kpromo.images.proof.ProofWishes;
import io.kpromo.images.proof.Records;
import io.kpromo.images.proof.SignatureFormat;
import io.kpromo.oci.InvalidNameException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The flags that say what is signed and recorded, how, and where that is kept. Who signs is for [SignerFlags].
final class SigningFlags {
    /// As [SignatureFormat], which is of a room that stays closed until a command runs.
    private enum Form {
        TAG,
        BUNDLE,
        BOTH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Root root;
    private final SignerFlags signer = new SignerFlags();
    private final IdFlags ids = new IdFlags();
    private boolean sign = true;
    private Form form = Form.BOTH;
    private String canonical = ProofWishes.CANONICAL;
    private final List<String> names = new ArrayList<>();
    private boolean summaries;
    private String summaryAccount = "";
    private int operations = 50;

    SigningFlags(Root root) {
        this.root = root;
    }

    void describe(Flags flags) {
        flags.section("Signing")
                .toggle("--sign", true, "Sign and record what is promoted.", on -> sign = on)
                .choice(
                        "--signature-format",
                        Form.BOTH,
                        "Under a tag as cosign 2 does, in a bundle as cosign 3 does:",
                        f -> form = f)
                .text(
                        "--canonical-registry",
                        "REGISTRY",
                        "Where signatures and records are kept. Default: " + ProofWishes.CANONICAL
                                + "; a manifest's first destination where none lies there.",
                        name -> canonical = name)
                .texts("--identity-map", "PREFIX=NAME", "Users pull what is below this prefix by this name.", names)
                .toggle(
                        "--verification-summaries",
                        false,
                        "Attach what verifying the staging image came to.",
                        on -> summaries = on)
                .text(
                        "--summary-signer-account",
                        "ACCOUNT",
                        "Google service account to sign these as. Default: who signs all else.",
                        account -> summaryAccount = account)
                .number("--max-signature-ops", "N", 50, "Signature operations at the same time.", n -> operations = n);
        ids.describe(flags);
        signer.describe(flags);
    }

    /// @throws UsageException where they make no sense together
    void check() {
        if (!summaryAccount.isEmpty() && !summaries) {
            throw new UsageException("--summary-signer-account signs nothing without --verification-summaries");
        }
        if (!summaryAccount.isEmpty() && !signer.chosen().key().isEmpty()) {
            throw new UsageException("--key and --summary-signer-account exclude each other: with a key, all is signed"
                    + " with that key");
        }
        if (operations < 1) {
            throw new UsageException("--max-signature-ops is 1 or more; got " + operations);
        }
        ids.ids();
    }

    /// The same for files, of which nothing is verified that a summary could tell.
    void checkForFiles() {
        check();
        if (summaries) {
            throw new UsageException("--verification-summaries is for images; files have none");
        }
    }

    Signers.Opened open(boolean confirm, Session session, InstantSource clock) throws InterruptedException {
        return signers().open(confirm, SignatureFormat.valueOf(form.name()), session, clock);
    }

    /// Who signs summaries.
    ///
    /// @param all who signs all else, and these where nobody else is named
    Signers.Opened openForSummaries(Signers.Opened all, Session session, InstantSource clock) {
        return summaryAccount.isEmpty()
                ? new Signers.Opened(all.notary(), all.format(), () -> {})
                : signers().ofAccount(summaryAccount, all, session, clock);
    }

    Signers signers() {
        return new Signers(root, signer.chosen());
    }

    Records.Ids ids() {
        return ids.ids();
    }

    boolean sign() {
        return sign;
    }

    int operations() {
        return operations;
    }

    /// @param possible in which the signer can sign
    ProofWishes wishes(SignatureFormat possible) {
        ProductionNames map = ProductionNames.standard();
        for (String rules : names) {
            for (String rule : rules.split(",", -1)) {
                map = with(map, rule);
            }
        }
        return ProofWishes.standard()
                .withCanonical(registry())
                .withNames(map)
                .withFormat(possible)
                .withSummaries(summaries);
    }

    private static ProductionNames with(ProductionNames map, String rule) {
        try {
            return map.with(rule);
        } catch (InvalidNameException e) {
            throw new UsageException("--identity-map: " + e.getMessage(), e);
        }
    }

    private RegistryName registry() {
        try {
            return RegistryName.parse(canonical);
        } catch (InvalidNameException e) {
            throw new UsageException("--canonical-registry: " + e.getMessage(), e);
        }
    }
}
