// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.inspect;

import static io.kpromo.trust.inspect.Requirement.PROVENANCE;
import static io.kpromo.trust.inspect.Requirement.RECORD;
import static io.kpromo.trust.inspect.Requirement.SIGNATURE;
import static io.kpromo.trust.inspect.Requirement.VSA;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.fault.Fault;
import io.kpromo.trust.inspect.Carrier.Somebody;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.VerificationSummary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectorTest {
    private static final Digest OTHER = Digest.sha256(new byte[] {1});

    @TempDir
    Path folder;

    private Carrier carrier;
    private Somebody promoter;
    private Somebody stranger;

    @BeforeEach
    void open() throws Exception {
        carrier = new Carrier(folder);
        promoter = carrier.somebody();
        stranger = carrier.somebody();
    }

    @AfterEach
    void close() {
        carrier.close();
    }

    private String objection(Requirement requirement) throws InterruptedException {
        Answer answer = carrier.answer(requirement, promoter);
        assertThat(answer).isInstanceOf(Answer.Missing.class);
        return String.join("\n", answer.reasons());
    }

    @Test
    void aSignatureUnderTheTagIsFoundWithTwoRequests() throws Exception {
        carrier.tag(promoter, Carrier.NAME, carrier.digest());
        carrier.attach(promoter, PredicateTypes.SIGNATURE, Carrier.NAME);

        assertThat(carrier.answer(SIGNATURE, promoter).isMet()).isTrue();
        assertThat(carrier.registry.counts().total()).isEqualTo(2);
    }

    @Test
    void aBundleIsFoundWithThreeRequestsBesidesThatForTheTag() throws Exception {
        carrier.attach(promoter, "https://example.com/other", Carrier.NAME);
        carrier.attach(promoter, PredicateTypes.SIGNATURE, Carrier.NAME);

        assertThat(carrier.answer(SIGNATURE, promoter).isMet()).isTrue();
        assertThat(carrier.registry.counts().total()).isEqualTo(4);
    }

    @Test
    void whatIsNotSignedSaysSo() throws Exception {
        assertThat(objection(SIGNATURE)).isEqualTo("no signature was found");
        assertThat(objection(VSA)).isEqualTo("no verification summary was found");
    }

    @Test
    void anAttestationIsNoSignature() throws Exception {
        carrier.attach(promoter, "https://spdx.dev/Document", Carrier.NAME);

        assertThat(objection(SIGNATURE))
                .isEqualTo("no signature was found, only 1 thing of other kinds: https://spdx.dev/Document");
    }

    @Test
    void anotherKeyDoesNotCountAndIsNamed() throws Exception {
        carrier.tag(stranger, Carrier.NAME, carrier.digest());
        carrier.attach(stranger, PredicateTypes.SIGNATURE, Carrier.NAME);

        assertThat(objection(SIGNATURE).lines())
                .hasSize(2)
                .allMatch(line -> line.contains("can't be verified: it is signed with none of the keys at hand"));
    }

    @Test
    void aRightSignatureOfAnotherDigestDoesNotCount() throws Exception {
        carrier.tag(promoter, Carrier.NAME, OTHER);
        carrier.attach(promoter, Carrier.statement(PredicateTypes.SIGNATURE, Optional.of(Carrier.NAME), OTHER));

        assertThat(objection(SIGNATURE).lines()).hasSize(2).allMatch(line -> line.endsWith("is about another digest"));
    }

    @Test
    void aRightSignatureForAnotherRepositoryDoesNotCount() throws Exception {
        carrier.tag(promoter, "registry.example/app2", carrier.digest());
        carrier.attach(promoter, PredicateTypes.SIGNATURE, "registry.example/ap");

        assertThat(objection(SIGNATURE).lines())
                .hasSize(2)
                .allMatch(line -> line.contains("is for registry.example/ap")
                        && line.endsWith(", expected is registry.example/app"));
    }

    @Test
    void aSignatureThatNamesNothingCountsAndARecordThatNamesNothingDoesNot() throws Exception {
        carrier.attach(promoter, Carrier.statement(PredicateTypes.SIGNATURE, Optional.empty(), carrier.digest()));
        carrier.attach(
                promoter, Carrier.statement(PredicateTypes.PROMOTION_RECORD, Optional.empty(), carrier.digest()));

        assertThat(carrier.answer(SIGNATURE, promoter).isMet()).isTrue();
        assertThat(objection(RECORD)).contains("is for no name, expected is " + Carrier.NAME);
    }

    @Test
    void aRecordCountsUnderTheNameAndUnderTheNameWithATag() throws Exception {
        carrier.attach(promoter, carrier.record(Carrier.NAME + ":1.0"));

        assertThat(carrier.answer(RECORD, promoter).isMet()).isTrue();
    }

    @Test
    void aRecordThatIsNoneDoesNotCount() throws Exception {
        carrier.attach(promoter, PredicateTypes.PROMOTION_RECORD, Carrier.NAME);

        assertThat(objection(RECORD)).contains("the promotion record is not valid");
    }

    @Test
    void aSummaryCountsOnlyWhereItWasPassed() throws Exception {
        carrier.attach(promoter, summary(false));
        assertThat(objection(VSA)).contains("says that the verification failed");

        carrier.attach(promoter, summary(true));
        assertThat(carrier.answer(VSA, promoter).isMet()).isTrue();
    }

    private Statement summary(boolean passed) {
        return new VerificationSummary(
                        Carrier.NAME,
                        carrier.digest(),
                        new VerificationSummary.VerifiedBy("https://verifier.example", Map.of()),
                        Instant.EPOCH,
                        new VerificationSummary.PolicyOrigin("policy", Optional.empty()),
                        passed,
                        List.of(passed ? VerificationSummary.LEVEL_UNEVALUATED : VerificationSummary.FAILED),
                        List.of())
                .statement();
    }

    @Test
    void provenanceNamesWhatItsBuilderHasBuilt() throws Exception {
        carrier.attach(promoter, PredicateTypes.PROVENANCE_1, "whatever.example/build");

        assertThat(carrier.answer(PROVENANCE, promoter).isMet()).isTrue();
    }

    @Test
    void oneThatCountsIsEnoughWhateverElseIsThere() throws Exception {
        carrier.tag(stranger, Carrier.NAME, carrier.digest());
        carrier.tag(promoter, "registry.example/other", carrier.digest());
        carrier.tag(promoter, Carrier.NAME, carrier.digest());

        assertThat(carrier.answer(SIGNATURE, promoter).isMet()).isTrue();
    }

    @Test
    void failingToLookIsNotTheSameAsNothing() throws Exception {
        carrier.registry.faults().add(Fault.on(Kind.REFERRERS).answers(500));

        Answer answer = carrier.answer(SIGNATURE, promoter);

        assertThat(answer).isInstanceOf(Answer.Unknown.class);
        assertThat(answer.reasons().getFirst()).contains("500");
    }

    @Test
    void whatWasNeededIsFoundThoughTheRestCannotBeRead() throws Exception {
        carrier.tag(promoter, Carrier.NAME, carrier.digest());
        carrier.registry.faults().add(Fault.on(Kind.REFERRERS).answers(500));

        assertThat(carrier.answer(SIGNATURE, promoter).isMet()).isTrue();
    }

    @Test
    void severalAreRequiredAtOnce() throws Exception {
        carrier.tag(promoter, Carrier.NAME, carrier.digest());
        carrier.attach(promoter, carrier.record(Carrier.NAME));

        Map<Requirement, Answer> answers = carrier.answers(Set.of(SIGNATURE, RECORD, VSA), promoter);

        assertThat(answers.entrySet())
                .extracting(answer -> answer.getKey() + " " + answer.getValue().word())
                .containsExactly("signature verified", "record verified", "vsa missing");
    }

    @Test
    void anInspectionShowsAllThereIs() throws Exception {
        carrier.tag(promoter, Carrier.NAME, carrier.digest());
        carrier.tag(stranger, Carrier.NAME, carrier.digest());
        carrier.attach(promoter, carrier.record(Carrier.NAME));

        Inspection inspection = carrier.inspector(promoter).inspect(carrier.app(), carrier.digest());

        assertThat(inspection.found().all())
                .extracting(evidence ->
                        evidence.predicateType() + " " + evidence.standing().word())
                .containsExactlyInAnyOrder(
                        PredicateTypes.SIGNATURE + " verified",
                        PredicateTypes.SIGNATURE + " unverifiable",
                        PredicateTypes.PROMOTION_RECORD + " verified");
        assertThat(inspection.found().unseen()).isEmpty();
    }
}
