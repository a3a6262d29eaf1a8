// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import static io.kpromo.trust.policy.Proofs.ALICE;
import static io.kpromo.trust.policy.Proofs.BUILDER;
import static io.kpromo.trust.policy.Proofs.IMAGE;
import static io.kpromo.trust.policy.Proofs.ISSUER;
import static io.kpromo.trust.policy.Proofs.MALLORY;
import static io.kpromo.trust.policy.Proofs.OTHER;
import static io.kpromo.trust.policy.Proofs.SBOM;
import static io.kpromo.trust.policy.Proofs.SOURCE;
import static io.kpromo.trust.policy.Proofs.aboutAnother;
import static io.kpromo.trust.policy.Proofs.attested;
import static io.kpromo.trust.policy.Proofs.digest;
import static io.kpromo.trust.policy.Proofs.evidence;
import static io.kpromo.trust.policy.Proofs.image;
import static io.kpromo.trust.policy.Proofs.index;
import static io.kpromo.trust.policy.Proofs.platform;
import static io.kpromo.trust.policy.Proofs.policy;
import static io.kpromo.trust.policy.Proofs.provenance;
import static io.kpromo.trust.policy.Proofs.signer;
import static io.kpromo.trust.policy.Proofs.v1;
import static io.kpromo.trust.policy.Proofs.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.trust.Identity;
import io.kpromo.trust.policy.PolicyVerdict.Share;
import io.kpromo.trust.policy.ProvenancePolicy.Mode;
import io.kpromo.trust.policy.Violation.Reason;
import io.kpromo.trust.statement.PredicateTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which images pass a policy, and in which words the others are told why not.
final class ProvenancePolicyTest {
    @Test
    void provenanceOfAListedBuilderAndSourceByAListedSignerPasses() {
        Evidence provenance = provenance(ALICE);
        assertThat(policy(2).judge(image(provenance))).isEqualTo(new PolicyVerdict.Passed(3, List.of(provenance)));
    }

    @Test
    void provenanceOfTheOlderVersionPassesAsWell() {
        Evidence provenance = verified(ALICE, IMAGE, PredicateTypes.PROVENANCE_0_2, """
                {"builder": {"id": "%s"}, "invocation": {"configSource": {"uri": "git+https://%s@refs/heads/main"}}}""".formatted(BUILDER, SOURCE));
        assertThat(policy(3).judge(image(provenance)).passes()).isTrue();
    }

    @Test
    void nothingFoundIsNoPass() {
        violated(policy(1).judge(image()), Reason.NO_PROVENANCE, "no SLSA provenance was found");
    }

    @Test
    void aSignatureIsNoProvenance() {
        violated(
                policy(1).judge(image(attested(PredicateTypes.SIGNATURE))), Reason.NO_PROVENANCE, "no SLSA provenance");
    }

    @Test
    void anotherSignerIsNamed() {
        violated(
                policy(1).judge(image(provenance(MALLORY))),
                Reason.SIGNER,
                "is signed by mallory@example.com (" + ISSUER + "), who is not a listed signer");
    }

    @Test
    void aKeyIsNobodyUnlessListed() {
        Identity key = new Identity.Key("ab".repeat(32));
        violated(policy(1).judge(image(provenance(key))), Reason.SIGNER, "is signed by key abab");
        ProvenancePolicy withKey = new ProvenancePolicy(
                Mode.REQUIRE,
                List.of(Signer.parse("key::" + "ab".repeat(32))),
                List.of(new Builder(BUILDER, 1, List.of())),
                List.of(),
                List.of(),
                1);
        assertThat(withKey.judge(image(provenance(key))).passes()).isTrue();
    }

    @Test
    void provenanceAboutAnotherDigestDoesNotCount() {
        violated(
                policy(1).judge(image(aboutAnother(provenance(ALICE, OTHER)))),
                Reason.OTHER_DIGEST,
                "is about another digest");
    }

    @Test
    void unsignedProvenanceDoesNotCount() {
        Evidence one = evidence(new Standing.Unsigned(), IMAGE, PredicateTypes.PROVENANCE_1, v1(BUILDER, SOURCE));
        violated(policy(1).judge(image(one)), Reason.NOT_SIGNED, "is not signed");
    }

    @Test
    void provenanceThatNobodyCanVerifyDoesNotCount() {
        Evidence one = evidence(
                new Standing.Unverifiable("no such log"), IMAGE, PredicateTypes.PROVENANCE_1, v1(BUILDER, SOURCE));
        violated(policy(1).judge(image(one)), Reason.NOT_VERIFIED, "cannot be verified: no such log");
    }

    @Test
    void provenanceThatFailsDoesNotCount() {
        Evidence one =
                evidence(new Standing.Failed("changed"), IMAGE, PredicateTypes.PROVENANCE_1, v1(BUILDER, SOURCE));
        violated(policy(1).judge(image(one)), Reason.NOT_VERIFIED, "does not verify: changed");
    }

    @Test
    void whatCannotBeReadIsToldAndNotPassedOver() {
        Evidence unreadable = new Evidence(
                new Location.Referrer(OTHER), "", new Standing.Failed("not JSON"), false, Optional.empty());
        violated(
                policy(1).judge(image(unreadable)),
                Reason.UNREADABLE,
                "referrer " + OTHER + " cannot be read: not JSON");
    }

    @Test
    void whatCannotBeReadDoesNotSpoilWhatPasses() {
        Evidence unreadable = new Evidence(
                new Location.Referrer(OTHER), "", new Standing.Failed("not JSON"), false, Optional.empty());
        assertThat(policy(1).judge(image(unreadable, provenance(ALICE))).passes())
                .isTrue();
    }

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

    @Test
    void wantedPredicatesHaveToBeAttestedByAListedSigner() {
        ProvenancePolicy withSbom = policy(1, SBOM);
        violated(
                withSbom.judge(image(provenance(ALICE))),
                Reason.PREDICATE_TYPE,
                "no attestation of " + SBOM + " was found");
        violated(
                withSbom.judge(image(provenance(ALICE), verified(MALLORY, IMAGE, SBOM, "{}"))),
                Reason.SIGNER,
                "is signed by mallory@example.com");
        Evidence sbom = attested(SBOM);
        assertThat(withSbom.judge(image(provenance(ALICE), sbom)))
                .isEqualTo(new PolicyVerdict.Passed(3, List.of(provenance(ALICE), sbom)));
    }

    @Test
    void whatNobodyAskedForIsNotAccepted() {
        assertThat(policy(1).judge(image(provenance(ALICE), attested(SBOM))))
                .isEqualTo(new PolicyVerdict.Passed(3, List.of(provenance(ALICE))));
    }

    @Test
    void anIndexPassesByItsOwnProvenance() {
        assertThat(policy(1)
                        .judge(index(List.of(provenance(ALICE)), platform("linux/amd64")))
                        .passes())
                .isTrue();
    }

    @Test
    void anIndexPassesWhenAllItsPlatformsDoAtTheLowestOfTheirLevels() {
        ProvenancePolicy two =
                with(new Builder(BUILDER, 3, List.of()), new Builder("https://slow.example/builder", 2, List.of()));
        ProvenContent index = index(
                List.of(),
                platform("linux/amd64", provenance(ALICE)),
                platform("linux/arm64", provenance("https://slow.example/builder", SOURCE)));
        assertThat(two.judge(index))
                .isEqualTo(new PolicyVerdict.Passed(
                        2,
                        List.of(),
                        Map.of(
                                digest("linux/amd64"),
                                new Share(3, List.of(provenance(ALICE))),
                                digest("linux/arm64"),
                                new Share(2, List.of(provenance("https://slow.example/builder", SOURCE))))));
    }

    @Test
    void whatAnIndexProvesItselfAndWhatItsPlatformsProveAreToldApart() {
        Evidence sbom = attested(SBOM);
        Evidence provenance = provenance(ALICE);
        assertThat(policy(1, SBOM).judge(index(List.of(sbom), platform("linux/amd64", provenance))))
                .isEqualTo(new PolicyVerdict.Passed(
                        3, List.of(sbom), Map.of(digest("linux/amd64"), new Share(3, List.of(provenance)))));
        assertThat(policy(1, SBOM).judge(index(List.of(provenance), platform("linux/amd64", sbom))))
                .isEqualTo(new PolicyVerdict.Passed(
                        3, List.of(provenance), Map.of(digest("linux/amd64"), new Share(3, List.of(sbom)))));
        assertThat(policy(1, SBOM).judge(index(List.of(), platform("linux/amd64", provenance, sbom))))
                .isEqualTo(new PolicyVerdict.Passed(
                        3, List.of(), Map.of(digest("linux/amd64"), new Share(3, List.of(provenance, sbom)))));
    }

    @Test
    void anIndexWhoseOnePlatformFailsFailsAndNamesIt() {
        ProvenContent index = index(
                List.of(), platform("linux/amd64", provenance(ALICE)), platform("linux/arm64", provenance(MALLORY)));
        PolicyVerdict verdict = policy(1).judge(index);
        violated(verdict, Reason.SIGNER, "linux/arm64 " + digest("linux/arm64") + ": provenance (referrer");
        assertThat(reasons(verdict)).doesNotContain("linux/amd64");
    }

    @Test
    void anIndexWithoutPlatformsDoesNotPassByThem() {
        violated(policy(1).judge(index(List.of())), Reason.NO_PROVENANCE, "no SLSA provenance was found");
    }

    @Test
    void anIndexInAnIndexIsHeldAgainstTheSameRules() {
        ProvenContent inner =
                new ProvenContent("inner", OTHER, List.of(), List.of(platform("a", provenance(ALICE)), platform("b")));
        violated(policy(1).judge(index(List.of(), inner)), Reason.NO_PROVENANCE, "inner " + OTHER + ": b ");
    }

    @Test
    void predicatesOfAllPlatformsServeForTheirIndex() {
        ProvenContent index =
                index(List.of(provenance(ALICE)), platform("a", attested(SBOM)), platform("b", attested(SBOM)));
        assertThat(policy(1, SBOM).judge(index).passes()).isTrue();
        ProvenContent lacking = index(List.of(provenance(ALICE)), platform("a", attested(SBOM)), platform("b"));
        assertThat(policy(1, SBOM).judge(lacking).passes()).isFalse();
    }

    @Test
    void thousandsOfBadAttestationsMakeAShortMessage() {
        Evidence[] many = new Evidence[5_000];
        Arrays.fill(many, provenance("x".repeat(100_000), SOURCE));
        PolicyVerdict verdict = policy(1).judge(image(many));
        assertThat(reasons(verdict).length()).isLessThan(20_000);
    }

    @Test
    void strangersWordsDoNotMoveTheTerminal() {
        PolicyVerdict verdict = policy(1).judge(image(provenance("\\u001b[2Jx", SOURCE)));
        assertThat(reasons(verdict)).contains("?[2Jx").doesNotContain("\u001b");
    }

    @Test
    void aPolicyThatNobodyCouldPassIsRefused() {
        assertThatThrownBy(() -> new ProvenancePolicy(
                        Mode.REQUIRE, List.of(), List.of(new Builder("b", 1, List.of())), List.of(), List.of(), 1))
                .hasMessage("mode require without signers: nobody could pass; list signers");
        assertThatThrownBy(() ->
                        new ProvenancePolicy(Mode.WARN, List.of(signer("alice")), List.of(), List.of(), List.of(), 1))
                .hasMessage("mode warn without builders: nobody could pass; list builders");
        assertThatThrownBy(() -> with(new Builder("b", 1, List.of(signer("bob")))))
                .hasMessage("builder b is bound to sigstore::" + ISSUER
                        + "::bob@example.com, who is not among the policy's signers; list it there too");
        assertThatThrownBy(() -> new Builder("b", 4, List.of())).hasMessageContaining("level 4");
        assertThatThrownBy(() -> policy(0)).hasMessageContaining("level 0");
    }

    private static ProvenancePolicy with(Builder... builders) {
        return new ProvenancePolicy(
                Mode.REQUIRE, List.of(signer("alice")), List.of(builders), List.of(SOURCE), List.of(), 1);
    }

    private static String reasons(PolicyVerdict verdict) {
        return verdict instanceof PolicyVerdict.Violated(List<Violation> violations) ? violations.toString() : "passed";
    }

    private static void violated(PolicyVerdict verdict, Reason reason, String text) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        PolicyVerdict.Violated.class,
                        violated -> assertThat(violated.violations()).anySatisfy(violation -> {
                            assertThat(violation.reason()).isEqualTo(reason);
                            assertThat(violation.text()).contains(text);
                        }));
    }
}
