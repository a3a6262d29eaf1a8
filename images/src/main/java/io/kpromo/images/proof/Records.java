// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.images.diff.Checkout;
import io.kpromo.oci.Tag;
import io.kpromo.trust.statement.ManifestOrigin;
import io.kpromo.trust.statement.PromotionJob;
import io.kpromo.trust.statement.PromotionRecord;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.VerificationSummary;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// States what a run of `cip` promotes: from where, into where, because of which manifest, in which job.
public final class Records implements Statements {
    /// What a builder or verifier calls itself in statements. Other organisations use their own.
    ///
    /// @param builder of promotion records, without the version that follows an `@`
    /// @param verifier of verification summaries
    public record Ids(String builder, String verifier) {
        public static Ids standard() {
            return new Ids("https://k8s.io/promo-tools", "https://k8s.io/promo-tools/verifier/v1");
        }
    }

    private final PromotionRecord.Promoter promoter;
    private final Ids ids;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Map<String, ManifestOrigin> origins = new ConcurrentHashMap<>();

    /// @param environment where a job is described, as prow does
    public Records(PromotionRecord.Promoter promoter, Ids ids, Map<String, String> environment, InstantSource clock) {
        this.promoter = promoter;
        this.ids = ids;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public Statement record(WantedProof wanted) {
        return new PromotionRecord(
                        wanted.name(),
                        wanted.digest(),
                        clock.instant(),
                        ids.builder() + "@" + promoter.version(),
                        wanted.content().tags().stream().map(Tag::text).toList(),
                        Optional.of(wanted.content().sources().getFirst().toString()),
                        Optional.of(origin(wanted)),
                        Optional.of(promoter),
                        PromotionJob.of(environment))
                .statement();
    }

    @Override
    public Statement summary(WantedProof wanted) {
        ManifestOrigin origin = origin(wanted);
        return new VerificationSummary(
                        wanted.name(),
                        wanted.digest(),
                        new VerificationSummary.VerifiedBy(ids.verifier(), Map.of("kpromo", promoter.version())),
                        clock.instant(),
                        new VerificationSummary.PolicyOrigin(
                                origin.location().orElse(origin.name()), origin.gitCommit()),
                        true,
                        List.of(VerificationSummary.LEVEL_UNEVALUATED, VerificationSummary.MANIFEST_REVIEWED),
                        List.of())
                .statement();
    }

    /// Git is asked once a file, not once an image.
    private ManifestOrigin origin(WantedProof wanted) {
        return origins.computeIfAbsent(
                wanted.content().place().file(), file -> Checkout.origin(Path.of(file), environment));
    }
}
