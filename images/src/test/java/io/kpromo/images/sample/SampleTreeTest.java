// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.manifest.Manifests;
import io.kpromo.images.plan.DesiredState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleTreeTest {
    @TempDir
    private Path root;

    @Test
    void theStandardTreeHasTheSizeItSays() throws Exception {
        SampleTree.standard().write(root);
        Manifests manifests = Manifests.thinTree(root);
        assertThat(manifests.all()).hasSize(100);
        assertThat(manifests.digests()).isEqualTo(20_880);
        DesiredState desired = DesiredState.of(manifests.all());
        assertThat(desired.edges()).isEqualTo(657_360);
        assertThat(desired.contents()).isEqualTo(597_600);
        assertThat(desired.byHost()).hasSize(20);
        assertThat(desired.duplicates()).isEmpty();
    }

    @Test
    void theSameValuesGiveTheSameBytes() throws Exception {
        SampleTree.small().write(root.resolve("a"));
        SampleTree.small().write(root.resolve("b"));
        String file = "images/k8s-staging-kubernetes/images.yaml";
        assertThat(root.resolve("a").resolve(file))
                .hasSameBinaryContentAs(root.resolve("b").resolve(file));
        assertThat(Files.readString(root.resolve("a").resolve(file)))
                .startsWith("- name: image-00\n  dmap:\n    \"sha256:");
    }
}
