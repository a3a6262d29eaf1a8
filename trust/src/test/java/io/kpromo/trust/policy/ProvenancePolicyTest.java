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
import static io.kpromo.trust.policy.Proofs.evidence;
import static io.kpromo.trust.policy.Proofs.image;
import static io.kpromo.trust.policy.Proofs.policy;
import static io.kpromo.trust.policy.Proofs.provenance;
import static io.kpromo.trust.policy.Proofs.reasons;
import static io.kpromo.trust.policy.Proofs.signer;
import static io.kpromo.trust.policy.Proofs.v1;
import static io.kpromo.trust.policy.Proofs.verified;
import static io.kpromo.trust.policy.Proofs.violated;
import static io.kpromo.trust.policy.Proofs.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.trust.Identity;
import io.kpromo.trust.policy.ProvenancePolicy.Mode;
import io.kpromo.trust.policy.Violation.Reason;
import io.kpromo.trust.statement.PredicateTypes;
import java.util.Arrays;
import java.util.List;
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
}
