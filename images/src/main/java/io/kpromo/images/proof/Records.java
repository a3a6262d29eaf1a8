// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.images.diff.Checkout;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.Location;
import io.kpromo.trust.statement.ManifestOrigin;
import io.kpromo.trust.statement.PromotionJob;
import io.kpromo.trust.statement.PromotionRecord;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.VerificationSummary;
import io.kpromo.trust.statement.VerificationSummary.InputAttestation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// States what is promoted: from where, into where, because of which manifest, in which job; and what staging
/// proved of it.
public final class Records implements Statements {
    /// What a builder or verifier calls itself in statements. Other organisations use their own.
    ///
    /// @param builder of promotion records, without the version that follows an `@`
    /// @param verifier of verification summaries
    /// @param reviewed what summaries call it that people have reviewed the manifest; empty where nobody does
    public record Ids(String builder, String verifier, String reviewed) {
        public static Ids standard() {
            return new Ids(
                    "https://k8s.io/promo-tools",
                    "https://k8s.io/promo-tools/verifier/v1",
                    VerificationSummary.MANIFEST_REVIEWED);
        }

        public Ids withBuilder(String id) {
            return new Ids(id, verifier, reviewed);
        }

        public Ids withVerifier(String id) {
            return new Ids(builder, id, reviewed);
        }

        public Ids withReviewed(String level) {
            return new Ids(builder, verifier, level);
        }
    }

    private final PromotionRecord.Promoter promoter;
    private final Ids ids;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final boolean told;
    private final Map<String, ManifestOrigin> origins = new ConcurrentHashMap<>();

    /// @param environment where a job is described, as prow does
    public Records(PromotionRecord.Promoter promoter, Ids ids, Map<String, String> environment, InstantSource clock) {
        this(promoter, ids, environment, clock, true);
    }

    private Records(
            PromotionRecord.Promoter promoter,
            Ids ids,
            Map<String, String> environment,
            InstantSource clock,
            boolean told) {
        this.promoter = promoter;
        this.ids = ids;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.told = told;
    }

    /// Records by somebody who repairs what others promoted: without source and manifest, for nobody told them.
    public Records withoutOrigin() {
        return new Records(promoter, ids, environment, clock, false);
    }

    @Override
    public Statement record(WantedProof wanted) {
        return new PromotionRecord(
                        wanted.name(),
                        wanted.digest(),
                        clock.instant(),
                        ids.builder() + "@" + promoter.version(),
                        wanted.content().tags().stream().map(Tag::text).toList(),
                        told ? Optional.of(wanted.source().toString()) : Optional.empty(),
                        told ? Optional.of(origin(wanted)) : Optional.empty(),
                        Optional.of(promoter),
                        PromotionJob.of(environment))
                .statement();
    }

    @Override
    public Statement summary(WantedProof wanted, Digest manifest) {
        if (!told) {
            throw new IllegalArgumentException("a repair has not looked at staging, and so writes no summaries");
        }
        Vetted vetted = wanted.vetted().orElseGet(() -> Vetted.withoutPolicy(wanted.source()));
        Vetted.Proven proven = vetted.of(manifest);
        ManifestOrigin origin = origin(wanted);
        return new VerificationSummary(
                        wanted.name(),
                        manifest,
                        new VerificationSummary.VerifiedBy(ids.verifier(), Map.of("kpromo", promoter.version())),
                        clock.instant(),
                        new VerificationSummary.PolicyOrigin(
                                origin.location().orElse(origin.name()), origin.gitCommit()),
                        proven.passed(),
                        levels(proven),
                        proven.accepted().stream()
                                .flatMap(evidence -> input(wanted, evidence).stream())
                                .distinct()
                                .toList())
                .statement();
    }

    private List<String> levels(Vetted.Proven proven) {
        if (!proven.passed()) {
            return List.of(VerificationSummary.FAILED);
        }
        String build = proven.level() == 0
                ? VerificationSummary.LEVEL_UNEVALUATED
                : VerificationSummary.buildLevel(proven.level());
        return ids.reviewed().isEmpty() ? List.of(build) : List.of(build, ids.reviewed());
    }

    /// Where it is to be found: beside the promoted image what is carried there, else in staging.
    private static Optional<InputAttestation> input(WantedProof wanted, Evidence evidence) {
        return switch (evidence.where()) {
            case Location.Referrer(Digest referrer) ->
                Optional.of(
                        new InputAttestation(wanted.repository().at(referrer).toString(), referrer));
            case Location.Layer(Tag tag, int _, Digest content) ->
                Optional.of(new InputAttestation(wanted.source().at(tag).toString(), content));
            // Neither can be signed, and so neither is accepted.
            case Location.AttachedTag _, Location.InIndex _ -> Optional.empty();
        };
    }

    /// Git is asked once a file, not once an image.
    private ManifestOrigin origin(WantedProof wanted) {
        return origins.computeIfAbsent(
                wanted.content().place().file(), file -> Checkout.origin(Path.of(file), environment));
    }
}
