// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.manifest.Policies;
import io.kpromo.images.proof.Vetted;
import io.kpromo.images.trust.StagingVerdict.Result;
import io.kpromo.oci.Digest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.Location;
import io.kpromo.trust.statement.PredicateTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What policies let through from a staging registry, and what is carried along.
final class StagingPolicyTest {
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
    void aRequiredPolicyLetsThroughWhatMeetsItAndSaysWhatIsToBeCarried() throws Exception {
        Staged image = image(1);
        Digest referrer = staging.provenance(image, staging.mallory);
        staging.attest(image, image.digest(), staging.mallory, "https://spdx.dev/Document");
        StagingVerdict verdict = staging.verdict(staging.policies("require", staging.mallory), image);
        assertThat(verdict.result()).isEqualTo(new Result.Passed(2));
        assertThat(verdict.vetted().orElseThrow().carried()).isEqualTo(Map.of(image.digest(), Set.of(referrer)));
    }

    @Test
    void aRequiredPolicyBlocksWhatViolatesItAndNothingElse() throws Exception {
        Staged good = image(1);
        Staged bad = image(2);
        Staged none = image(3);
        staging.provenance(good, staging.alice);
        staging.provenance(bad, staging.mallory);
        StagingReport report = staging.check(staging.policies("require", staging.alice), good, bad, none);
        assertThat(report.of(good).orElseThrow().blocks()).isFalse();
        assertThat(report.of(bad).orElseThrow().refused()).isTrue();
        assertThat(report.of(bad).orElseThrow().reasons())
                .singleElement()
                .asString()
                .endsWith("who is not a listed signer");
        assertThat(report.of(none).orElseThrow().reasons()).containsExactly("no SLSA provenance was found");
    }

    @Test
    void aSignatureByTheExpectedIdentityDoesNotReplaceTheProvenanceOfAPolicy() throws Exception {
        Staged image = image(1);
        staging.sign(image, staging.signature(image.digest(), staging.alice));
        assertThat(staging.verdict(staging.policies("require", staging.alice), image)
                        .refused())
                .isTrue();
    }

    @Test
    void aPolicyThatOnlyWarnsBlocksNothing() throws Exception {
        Staged image = image(1);
        StagingVerdict verdict = staging.verdict(staging.policies("warn", staging.alice), image);
        assertThat(verdict.result()).isEqualTo(new Result.Warned(List.of("no SLSA provenance was found")));
    }

    @Test
    void provenanceMovedToAnotherImageDoesNotMeetAPolicy() throws Exception {
        Staged image = image(1);
        staging.attest(image, image(2).digest(), staging.mallory, PredicateTypes.PROVENANCE_1);
        StagingVerdict verdict = staging.verdict(staging.policies("require", staging.mallory), image);
        assertThat(verdict.reasons()).singleElement().asString().endsWith("is about another digest");
    }

    @Test
    void anIndexPassesByItsPlatformsAndTheirAttestationsAreCarried() throws Exception {
        Staged index = staging.put(
                "multi",
                SampleImage.image().platforms("linux/amd64", "linux/arm64").build());
        List<Digest> platforms = staging.platforms(index);
        Digest first = staging.provenance(new Staged(index.source(), platforms.get(0)), staging.alice);
        Policies policies = staging.policies("require", staging.alice);
        StagingVerdict one = staging.verdict(policies, index);
        assertThat(one.refused()).isTrue();
        assertThat(one.reasons()).contains("linux/arm64 " + platforms.get(1) + ": no SLSA provenance was found");

        Digest second = staging.provenance(new Staged(index.source(), platforms.get(1)), staging.alice);
        StagingVerdict both = staging.verdict(policies, index);
        assertThat(both.result()).isEqualTo(new Result.Passed(2));
        assertThat(both.digests())
                .extracting(DigestEvidence::name)
                .containsExactly("image", "linux/amd64", "linux/arm64");
        Vetted vetted = both.vetted().orElseThrow();
        assertThat(vetted.carried())
                .isEqualTo(Map.of(platforms.get(0), Set.of(first), platforms.get(1), Set.of(second)));
        assertThat(vetted.content().accepted())
                .extracting(Evidence::where)
                .containsExactly(new Location.Referrer(first), new Location.Referrer(second));
        assertThat(vetted.of(platforms.get(0)).accepted())
                .extracting(Evidence::where)
                .containsExactly(new Location.Referrer(first));
    }

    @Test
    void buildKitsAttestationManifestsAreNoPlatformsAndProveNothing() throws Exception {
        SampleImage platform = SampleImage.image().seed(1).build();
        Staged index = staging.putWithBuildKit("kit", platform, "application/vnd.in-toto+json");
        Policies policies = staging.policies("require", staging.alice);
        StagingVerdict without = staging.verdict(policies, index);
        assertThat(without.refused()).isTrue();
        assertThat(without.reasons()).anySatisfy(reason -> assertThat(reason).contains("is not signed"));
        assertThat(without.digests()).extracting(DigestEvidence::name).containsExactly("image", "linux/amd64");
        assertThat(without.digests().get(1).evidence())
                .extracting(Evidence::predicateType)
                .containsExactly(PredicateTypes.PROVENANCE_0_2);

        staging.provenance(new Staged(index.source(), platform.digest()), staging.alice);
        assertThat(staging.verdict(policies, index).blocks()).isFalse();
    }

    @Test
    void anImageIsNotPassedOverForBeingCalledUnknown() throws Exception {
        SampleImage platform = SampleImage.image().seed(1).build();
        Staged index = staging.putWithBuildKit("sly", platform, MediaTypes.OCI_LAYER_GZIP);
        staging.provenance(new Staged(index.source(), platform.digest()), staging.alice);
        assertThat(staging.verdict(staging.policies("require", staging.alice), index)
                        .reasons())
                .anySatisfy(reason -> assertThat(reason).startsWith("unknown/unknown sha256:"));
    }

    private Staged image(long seed) {
        return staging.put("image", SampleImage.image().seed(seed).build());
    }
}
