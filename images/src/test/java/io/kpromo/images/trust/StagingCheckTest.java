// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.manifest.Policies;
import io.kpromo.images.trust.StagingVerdict.Result;
import io.kpromo.oci.Digest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.Feature;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.policy.Location;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.SignedPayload;
import io.kpromo.trust.store.StoreLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What may be promoted from a staging registry, and what the others are told.
final class StagingCheckTest {
    private static final Policies NONE = Policies.none();

    @TempDir
    private Path folder;

    private Staging staging;

    @BeforeEach
    void open() throws Exception {
        staging = new Staging(folder);
    }

    @AfterEach
    void close() {
        staging.close();
    }

    @Test
    void withoutPolicyAnUnsignedImageIsPromotedWithAWarning() throws Exception {
        Staged image = image(1);
        assertThat(staging.verdict(NONE, image).result())
                .isEqualTo(new Result.Warned(List.of("neither a signature nor provenance was found in staging")));
    }

    @Test
    void itTakesThreeRequestsToFindOutThatThereIsNothing() throws Exception {
        Staged image = image(1);
        staging.check(NONE, image);
        assertThat(staging.registry.counts().total()).isEqualTo(3);
    }

    @Test
    void aSignatureByTheExpectedIdentityPasses() throws Exception {
        Staged image = image(1);
        staging.sign(image, staging.signature(image.digest(), staging.alice));
        StagingVerdict verdict = staging.verdict(NONE, image);
        assertThat(verdict.result()).isEqualTo(new Result.Passed(0));
        assertThat(words(verdict)).containsExactly("https://sigstore.dev/cosign/sign/v1 verified about");
    }

    @Test
    void provenanceByTheExpectedIdentityPasses() throws Exception {
        Staged image = image(1);
        staging.provenance(image, staging.alice);
        assertThat(staging.verdict(NONE, image).result()).isEqualTo(new Result.Passed(0));
    }

    @Test
    void provenanceUnderTheTagOfCosign2Passes() throws Exception {
        Staged image = image(1);
        Bundle bundle = staging.bundle(image.digest(), staging.alice, PredicateTypes.PROVENANCE_1);
        byte[] envelope = JsonText.write(bundle.envelope().json()).array();
        staging.attestByTag(image, envelope);
        StagingVerdict verdict = staging.verdict(NONE, image);
        assertThat(verdict.result()).isEqualTo(new Result.Passed(0));
        assertThat(verdict.digests().getFirst().evidence().getFirst().where())
                .isEqualTo(new Location.Layer(Attachments.attestationTag(image.digest()), 0, Digest.sha256(envelope)));
    }

    @Test
    void anAttestationAloneIsNoSignature() throws Exception {
        Staged image = image(1);
        staging.attest(image, image.digest(), staging.alice, "https://spdx.dev/Document");
        assertThat(staging.verdict(NONE, image).result()).isInstanceOf(Result.Warned.class);
    }

    @Test
    void aSignatureBySomebodyElseIsReportedAndIgnored() throws Exception {
        Staged image = image(1);
        staging.sign(image, staging.signature(image.digest(), staging.mallory));
        StagingVerdict verdict = staging.verdict(NONE, image);
        assertThat(verdict.blocks()).isFalse();
        assertThat(verdict.reasons())
                .singleElement()
                .asString()
                .contains("signature by " + staging.mallory.signatory().identity() + ", who is not expected");
    }

    @Test
    void aSignatureThatNobodyHereCanVerifyIsReportedAndIgnored() throws Exception {
        Staged image = image(1);
        staging.withoutMallorysKey();
        staging.sign(image, staging.signature(image.digest(), staging.mallory));
        StagingVerdict verdict = staging.verdict(NONE, image);
        assertThat(verdict.blocks()).isFalse();
        assertThat(verdict.reasons()).singleElement().asString().contains("signature unverifiable");
        assertThat(words(verdict)).containsExactly("https://sigstore.dev/cosign/sign/v1 unverifiable about");
    }

    @Test
    void aStrangersSignatureDoesNotSpoilTheExpectedOne() throws Exception {
        Staged image = image(1);
        staging.sign(
                image,
                staging.signature(image.digest(), staging.mallory),
                staging.signature(image.digest(), staging.alice));
        assertThat(staging.verdict(NONE, image).result()).isEqualTo(new Result.Passed(0));
    }

    @Test
    void provenanceThatWasChangedBlocksTheImage() throws Exception {
        Staged image = image(1);
        Bundle bundle = staging.bundle(image.digest(), staging.alice, PredicateTypes.PROVENANCE_1);
        staging.attach(image, Staging.tampered(bundle), staging.alice);
        StagingVerdict verdict = staging.verdict(NONE, image);
        assertThat(verdict.refused()).isTrue();
        assertThat(verdict.reasons())
                .singleElement()
                .asString()
                .startsWith("provenance (referrer sha256:")
                .contains("does not verify");
    }

    @Test
    void whatWasChangedBlocksTheImageAlsoBesideWhatIsRight() throws Exception {
        Staged image = image(1);
        staging.provenance(image, staging.alice);
        staging.attach(
                image,
                Staging.tampered(staging.bundle(image.digest(), staging.alice, PredicateTypes.PROVENANCE_1)),
                staging.alice);
        assertThat(staging.verdict(NONE, image).refused()).isTrue();
        assertThat(staging.verdict(staging.policies("require", staging.alice), image)
                        .refused())
                .isTrue();
        assertThat(staging.verdict(staging.policies("warn", staging.alice), image)
                        .refused())
                .isTrue();
    }

    @Test
    void aSignatureOfAnotherDigestByTheExpectedIdentityBlocksTheImage() throws Exception {
        Staged image = image(1);
        Staged other = image(2);
        staging.sign(image, staging.signature(other.digest(), staging.alice));
        StagingVerdict verdict = staging.verdict(NONE, image);
        assertThat(verdict.refused()).isTrue();
        assertThat(verdict.reasons()).singleElement().asString().endsWith("is about another digest");
        assertThat(words(verdict)).containsExactly("https://sigstore.dev/cosign/sign/v1 verified other");
    }

    @Test
    void provenanceOfAnotherDigestByAStrangerIsIgnored() throws Exception {
        Staged image = image(1);
        staging.attest(image, image(2).digest(), staging.mallory, PredicateTypes.PROVENANCE_1);
        assertThat(staging.verdict(NONE, image).blocks()).isFalse();
    }

    @Test
    void malformedAttestationsBlockTheImageAndAreNeverNone() throws Exception {
        for (String text :
                List.of("", "{", "[]", "null", "[".repeat(100_000), "{\"payload\": 7}", "{\"a\":1,\"a\":2}")) {
            Staged image = image(text.hashCode());
            staging.attestByTag(image, text.getBytes(StandardCharsets.UTF_8));
            StagingVerdict verdict = staging.verdict(NONE, image);
            assertThat(verdict.refused())
                    .as(text.substring(0, Math.min(9, text.length())))
                    .isTrue();
            assertThat(words(verdict)).containsExactly(" failed other");
        }
    }

    @Test
    void anIndexUnderTheTagForSignaturesBlocksTheImage() throws Exception {
        Staged image = image(1);
        staging.putTag(
                image,
                Attachments.signatureTag(image.digest()),
                MediaTypes.OCI_INDEX,
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[]}");
        StagingVerdict verdict = staging.verdict(NONE, image);
        assertThat(verdict.refused()).isTrue();
        assertThat(verdict.reasons()).singleElement().asString().contains("it should have layers");
    }

    @Test
    void moreThanIsLookedAtBlocksTheImage() throws Exception {
        Staged image = image(1);
        staging.sign(
                image,
                staging.signature(image.digest(), staging.alice),
                staging.signature(image.digest(), staging.mallory));
        StagingVerdict verdict =
                staging.with(StoreLimits.standard().withItems(1)).verdict(NONE, image);
        assertThat(verdict.unseen()).isTrue();
        assertThat(verdict.reasons()).singleElement().asString().contains("2 of them are attached");
    }

    @Test
    void anAttestationLargerThanIsReadBlocksTheImage() throws Exception {
        Staged image = image(1);
        staging.provenance(image, staging.alice);
        StagingVerdict verdict =
                staging.with(StoreLimits.standard().withBytes(10)).verdict(NONE, image);
        assertThat(verdict.unseen()).isTrue();
        assertThat(verdict.reasons()).singleElement().asString().contains("no more than 10 are read");
    }

    @Test
    void whereLookingFailsNobodySaysThatThereIsNothing() throws Exception {
        Staged image = image(1);
        Staged other = image(2);
        staging.registry
                .faults()
                .add(Fault.on(Kind.REFERRERS)
                        .where(target -> target.path().contains(image.digest().toString()))
                        .answers(403));
        StagingReport report = staging.check(NONE, image, other);
        assertThat(report.of(image).orElseThrow().unseen()).isTrue();
        assertThat(report.of(image).orElseThrow().reasons())
                .singleElement()
                .asString()
                .contains("403");
        assertThat(report.of(other).orElseThrow().unseen()).isFalse();
    }

    @Test
    void aSignatureTagThatCannotBeReadBlocksTheImage() throws Exception {
        Staged image = image(1);
        staging.registry.faults().add(Fault.on(Kind.GET_MANIFEST).answers(403));
        assertThat(staging.verdict(NONE, image).unseen()).isTrue();
    }

    @Test
    void eachDigestIsLookedAtOnceHoweverOftenItIsWanted() throws Exception {
        Staged image = image(1);
        staging.check(NONE, image, image, new Staged(image.source(), image.digest()));
        assertThat(staging.registry.counts().of(Kind.REFERRERS)).isEqualTo(1);
    }

    @Test
    void withoutPolicyThePlatformsOfAnIndexAreNotLookedAt() throws Exception {
        Staged index = staging.put(
                "multi",
                SampleImage.image().platforms("linux/amd64", "linux/arm64").build());
        staging.check(NONE, index);
        assertThat(staging.registry.counts().total()).isEqualTo(3);
    }

    @Test
    void registriesWithoutReferrersApiAreLookedAtAsWell() throws Exception {
        try (Staging old = new Staging(folder.resolve("old"), Feature.REFERRERS_API)) {
            Staged image = old.put("a", SampleImage.image().build());
            old.provenance(image, old.alice);
            assertThat(old.verdict(old.policies("require", old.alice), image).result())
                    .isEqualTo(new Result.Passed(2));
        }
    }

    @Test
    void whatElseRefersToAnImageIsReportedAsUnsigned() throws Exception {
        SampleImage image = SampleImage.image().build();
        Staged staged = staging.put("a", image);
        SampleImage.artifact("application/spdx+json", Optional.of(image.root())).pushTo(staging.registry, "stage/a");
        StagingVerdict verdict = staging.verdict(NONE, staged);
        assertThat(verdict.result()).isInstanceOf(Result.Warned.class);
        assertThat(words(verdict)).containsExactly("application/spdx+json unsigned about");
    }

    @Test
    void anImageThatIsGoneIsToldAsSuch() throws Exception {
        Staged gone = new Staged(staging.repository("gone"), image(1).digest());
        StagingVerdict verdict = staging.verdict(staging.policies("require", staging.alice), gone);
        assertThat(verdict.unseen()).isTrue();
        assertThat(verdict.reasons()).singleElement().asString().contains("does not have this manifest");
    }

    @Test
    void aSignatureWithoutItsSignatureFails() throws Exception {
        Staged image = image(1);
        staging.sign(
                image,
                new SignedPayload(
                        staging.signature(image.digest(), staging.alice).payload(), Map.of()));
        assertThat(staging.verdict(NONE, image).refused()).isTrue();
    }

    private Staged image(long seed) {
        return staging.put("image", SampleImage.image().seed(seed).build());
    }

    private static List<String> words(StagingVerdict verdict) {
        return verdict.digests().getFirst().evidence().stream()
                .map(e -> e.predicateType() + " " + e.standing().word() + (e.about() ? " about" : " other"))
                .toList();
    }
}
