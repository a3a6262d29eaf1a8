// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import static io.kpromo.trust.policy.Proofs.ALICE;
import static io.kpromo.trust.policy.Proofs.BUILDER;
import static io.kpromo.trust.policy.Proofs.IMAGE;
import static io.kpromo.trust.policy.Proofs.ISSUER;
import static io.kpromo.trust.policy.Proofs.MALLORY;
import static io.kpromo.trust.policy.Proofs.SOURCE;
import static io.kpromo.trust.policy.Proofs.image;
import static io.kpromo.trust.policy.Proofs.policy;
import static io.kpromo.trust.policy.Proofs.provenance;
import static io.kpromo.trust.policy.Proofs.signer;
import static io.kpromo.trust.policy.Proofs.verified;
import static io.kpromo.trust.policy.Proofs.violated;
import static io.kpromo.trust.policy.Proofs.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.trust.policy.ProvenancePolicy.Mode;
import io.kpromo.trust.policy.Violation.Reason;
import io.kpromo.trust.statement.PredicateTypes;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What provenance claims: builder, level and source have to be listed.
final class ClaimsTest {
    @Test
    void anUnlistedBuilderIsNamed() {
        violated(
                policy(1).judge(image(provenance("https://evil.example/builder", "https://" + SOURCE))),
                Reason.BUILDER,
                "names the builder https://evil.example/builder, which is not listed");
    }

    @Test
    void anIdWithoutRefMeansEveryRefOfThatBuilderAndNoOther() {
        assertThat(policy(1).judge(image(provenance(BUILDER, SOURCE))).passes()).isTrue();
        assertThat(policy(1)
                        .judge(image(provenance(BUILDER + "@refs/tags/@a@b", SOURCE)))
                        .passes())
                .isTrue();
        assertThat(policy(1)
                        .judge(image(provenance(BUILDER + ".evil@refs/tags/v1", SOURCE)))
                        .passes())
                .isFalse();
        assertThat(policy(1).judge(image(provenance("x" + BUILDER, SOURCE))).passes())
                .isFalse();
    }

    @Test
    void anIdWithRefMeansExactlyThatRef() {
        ProvenancePolicy pinned = with(new Builder(BUILDER + "@refs/tags/v1", 3, List.of()));
        assertThat(pinned.judge(image(provenance(BUILDER + "@refs/tags/v1", SOURCE)))
                        .passes())
                .isTrue();
        assertThat(pinned.judge(image(provenance(BUILDER + "@refs/tags/v1.1", SOURCE)))
                        .passes())
                .isFalse();
        assertThat(pinned.judge(image(provenance(BUILDER + "@refs/tags/v1@x", SOURCE)))
                        .passes())
                .isFalse();
        assertThat(pinned.judge(image(provenance(BUILDER, SOURCE))).passes()).isFalse();
    }

    @Test
    void aBuilderBoundToASignerMayBeClaimedByNobodyElse() {
        ProvenancePolicy bound = new ProvenancePolicy(
                Mode.REQUIRE,
                List.of(signer("alice"), signer("mallory")),
                List.of(new Builder(BUILDER, 3, List.of(signer("alice")))),
                List.of(SOURCE),
                List.of(),
                1);
        assertThat(bound.judge(image(provenance(ALICE))).passes()).isTrue();
        violated(
                bound.judge(image(provenance(MALLORY))),
                Reason.BUILDER_NOT_FOR_SIGNER,
                "is signed by mallory@example.com (" + ISSUER + "), who may not claim the builder " + BUILDER);
    }

    @Test
    void theLevelIsWhatTheBuilderReachesForThisSigner() {
        ProvenancePolicy bound = new ProvenancePolicy(
                Mode.REQUIRE,
                List.of(signer("alice"), signer("mallory")),
                List.of(new Builder(BUILDER, 3, List.of(signer("alice"))), new Builder(BUILDER, 1, List.of())),
                List.of(SOURCE),
                List.of(),
                1);
        assertThat(bound.judge(image(provenance(ALICE))))
                .isInstanceOfSatisfying(
                        PolicyVerdict.Passed.class,
                        passed -> assertThat(passed.level()).isEqualTo(3));
        assertThat(bound.judge(image(provenance(MALLORY))))
                .isInstanceOfSatisfying(
                        PolicyVerdict.Passed.class,
                        passed -> assertThat(passed.level()).isEqualTo(1));
    }

    @Test
    void aLevelBelowTheWantedOneIsNoPass() {
        ProvenancePolicy strict = new ProvenancePolicy(
                Mode.REQUIRE,
                List.of(signer("alice")),
                List.of(new Builder(BUILDER, 1, List.of())),
                List.of(SOURCE),
                List.of(),
                2);
        violated(strict.judge(image(provenance(ALICE))), Reason.LEVEL, "reaches SLSA build level 1, wanted is 2");
    }

    @Test
    void anUnlistedSourceIsNamed() {
        violated(
                policy(1).judge(image(provenance(BUILDER, "https://github.com/org/repo2"))),
                Reason.SOURCE,
                "names the source github.com/org/repo2, which is not listed");
    }

    @Test
    void provenanceWithoutSourcePassesOnlyWhereNoneIsAsked() {
        Evidence none = verified(
                ALICE,
                IMAGE,
                PredicateTypes.PROVENANCE_1,
                "{\"runDetails\": {\"builder\": {\"id\": \"" + BUILDER + "\"}}}");
        violated(policy(1).judge(image(none)), Reason.SOURCE, "names no source");
        ProvenancePolicy anySource = new ProvenancePolicy(
                Mode.WARN,
                List.of(signer("alice")),
                List.of(new Builder(BUILDER, 1, List.of())),
                List.of(),
                List.of(),
                1);
        assertThat(anySource.judge(image(none)).passes()).isTrue();
    }

    @Test
    void aListedSourceAmongTheDependenciesOfAnotherDoesNotHelp() {
        Evidence sly = verified(ALICE, IMAGE, PredicateTypes.PROVENANCE_1, """
                {"buildDefinition": {"externalParameters": {"workflow": {"repository": "https://evil.example/x"}},
                   "resolvedDependencies": [{"uri": "git+https://github.com/org/repo@refs/heads/main"}]},
                 "runDetails": {"builder": {"id": "%s"}}}""".formatted(BUILDER));
        violated(policy(1).judge(image(sly)), Reason.SOURCE, "names the source evil.example/x");
    }

    @Test
    void everySourceThatABuildWasStartedWithHasToBeListed() {
        Evidence two = verified(ALICE, IMAGE, PredicateTypes.PROVENANCE_1, """
                {"buildDefinition": {"externalParameters": {"workflow": {"repository": "https://github.com/org/repo"},
                   "source": {"uri": "git+https://evil.example/x"}}},
                 "runDetails": {"builder": {"id": "%s"}}}""".formatted(BUILDER));
        violated(policy(1).judge(image(two)), Reason.SOURCE, "github.com/org/repo, evil.example/x");
    }

    @Test
    void withoutParametersTheFirstMaterialIsTheSource() {
        Evidence tekton = verified(ALICE, IMAGE, PredicateTypes.PROVENANCE_0_2, """
                {"builder": {"id": "%s"}, "materials": [{"uri": "git+https://github.com/org/repo.git"}, {"uri": "x"}]}""".formatted(BUILDER));
        assertThat(policy(1).judge(image(tekton)).passes()).isTrue();
    }

    @Test
    void provenanceOfWrongTypesIsToldAndContained() {
        for (String predicate : List.of(
                "[]", "\"x\"", "{}", "{\"runDetails\": 3}", "{\"runDetails\": {\"builder\": {\"id\": [\"x\"]}}}")) {
            violated(
                    policy(1).judge(image(verified(ALICE, IMAGE, PredicateTypes.PROVENANCE_1, predicate))),
                    Reason.UNREADABLE,
                    "cannot be understood: it names no builder");
        }
    }
}
