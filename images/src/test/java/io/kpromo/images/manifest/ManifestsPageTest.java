// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.plan.DesiredState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of docs/manifests.md is a manifest.
final class ManifestsPageTest {
    @TempDir
    private Path folder;

    @Test
    void theExampleOfThePageIsAManifest() throws Exception {
        String page = Files.readString(Path.of("../docs/manifests.md"));
        int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
        String example = page.substring(begin, page.indexOf("```", begin));
        Manifests manifests = Manifests.plain(Files.writeString(folder.resolve("manifest.yaml"), example));
        assertThat(manifests.warnings()).isEmpty();
        assertThat(manifests.digests()).isEqualTo(3);
        assertThat(DesiredState.of(manifests.all()).edges()).isEqualTo(8);
    }
}
