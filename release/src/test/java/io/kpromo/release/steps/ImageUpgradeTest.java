// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.release.version.ImageTag;
import io.kpromo.release.version.Version;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageUpgradeTest {
    private static final Digest NEW = Digest.sha256(new byte[] {1});
    private final ImageUpgrade upgrade = new ImageUpgrade(
            Repository.parse("registry.k8s.io/app/tool"), new ImageTag(Version.of("v1.2.0"), 1), Optional.of(NEW));

    @Test
    void olderTagsAreReplacedAndAllElseStays() {
        assertThat(upgraded("a: registry.k8s.io/app/tool:v1.1.9-4\r\nb: 'registry.k8s.io/app/tool:v1.2.0-0' # now\r\n"))
                .isEqualTo("a: registry.k8s.io/app/tool:v1.2.0-1\r\nb: 'registry.k8s.io/app/tool:v1.2.0-1' # now\r\n");
        assertThat(upgraded("registry.k8s.io/app/tool:v1.2.0-rc.1-0 registry.k8s.io/app/tool:v1.1.0"))
                .isEqualTo("registry.k8s.io/app/tool:v1.2.0-1 registry.k8s.io/app/tool:v1.2.0-1");
    }

    @Test
    void aDigestGoesAlong() {
        Digest old = Digest.sha256(new byte[] {2});

        assertThat(upgraded("registry.k8s.io/app/tool:v1.1.0-0@" + old))
                .isEqualTo("registry.k8s.io/app/tool:v1.2.0-1@" + NEW);
    }

    @Test
    void otherImagesAreLeftAlone() {
        String others = "mirror.example/registry.k8s.io/app/tool:v1.1.0-0 registry.k8s.io/app/tool2:v1.1.0-0"
                + " xregistry.k8s.io/app/tool:v1.1.0-0 registry.k8s.io/app/tool/sub:v1.1.0-0";

        assertThat(upgrade.of(others)).isEqualTo(new ImageUpgrade.Upgraded(others, 0, 0, 0));
    }

    @Test
    void newerTagsAndThoseThatAreNoVersionsStay() {
        String text =
                "registry.k8s.io/app/tool:v1.3.0-0 registry.k8s.io/app/tool:latest registry.k8s.io/app/tool:v1.2.0-1";

        assertThat(upgrade.of(text)).isEqualTo(new ImageUpgrade.Upgraded(text, 0, 1, 2));
    }

    private String upgraded(String text) {
        return upgrade.of(text).text();
    }
}
