// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.manifest.Policies;
import io.kpromo.images.proof.Vetted;
import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a verdict lets summaries tell, and lets be carried.
final class VettingTest {
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

    private Staged image() {
        return staging.put("app", SampleImage.image().build());
    }

    @Test
    void aPlatformStandsOnWhatItsIndexHasProvedWhereItProvesNothingItself() throws Exception {
        Staged index = staging.put(
                "multi",
                SampleImage.image().platforms("linux/amd64", "linux/arm64").build());
        Digest whole = staging.provenance(index, staging.alice);
        List<Digest> platforms = staging.platforms(index);
        Digest own = staging.provenance(new Staged(index.source(), platforms.get(0)), staging.alice);

        Vetted vetted = staging.verdict(staging.policies("require", staging.alice), index)
                .vetted()
                .orElseThrow();

        assertThat(vetted.of(platforms.get(0)).accepted())
                .extracting(Evidence::where)
                .containsExactly(new Location.Referrer(own));
        assertThat(vetted.of(platforms.get(1))).isEqualTo(vetted.content());
        assertThat(vetted.content().level()).isEqualTo(2);
        assertThat(vetted.content().accepted())
                .extracting(Evidence::where)
                .containsExactly(new Location.Referrer(whole));
        assertThat(vetted.carried()).isEqualTo(Map.of(index.digest(), Set.of(whole), platforms.get(0), Set.of(own)));
    }

    @Test
    void whatAPolicyOnlyWarnsOfHasFailedAndWithoutAPolicyNothingWasAskedFor() throws Exception {
        Staged image = image();
        staging.provenance(image, staging.mallory);
        assertThat(staging.verdict(staging.policies("warn", staging.alice), image)
                        .vetted()
                        .orElseThrow()
                        .content())
                .isEqualTo(Vetted.Proven.violated());
        assertThat(staging.verdict(Policies.none(), image).vetted()).contains(Vetted.withoutPolicy(image.source()));
    }

    @Test
    void whatWasPromotedBeforeMayBeGoneAndThenNothingCanBeSaid() throws Exception {
        Staged gone = new Staged(staging.repository("gone"), image().digest());
        Policies policies = staging.policies("require", staging.alice);
        StagingVerdict verdict = staging.checkBefore(policies, gone).of(gone).orElseThrow();
        assertThat(verdict.gone()).isTrue();
        assertThat(verdict.blocks()).isFalse();
        assertThat(verdict.vetted()).isEmpty();
        assertThat(verdict.toString()).contains("gone from staging");

        staging.registry.faults().add(Fault.on(Kind.GET_MANIFEST).answers(403));
        assertThat(staging.checkBefore(policies, gone).unseen()).isTrue();
    }
}
