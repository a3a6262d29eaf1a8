// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.files.manifest.FileManifest;
import io.kpromo.files.manifest.Filestore;
import io.kpromo.files.manifest.WantedFile;
import io.kpromo.files.store.Base;
import io.kpromo.oci.Digest;
import io.kpromo.yaml.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DesiredFilesTest {
    private static FileManifest manifest(String source, String destination, int line) {
        WantedFile file = new WantedFile(
                new FileName("kubectl"),
                Digest.sha256("content".getBytes(StandardCharsets.UTF_8)),
                new Place("files.yaml", line, 9));
        return new FileManifest("p", store(source, true), List.of(store(destination, false)), List.of(file));
    }

    private static Filestore store(String base, boolean source) {
        return new Filestore(
                Base.parse(base), Optional.empty(), Optional.empty(), source, new Place("stores.yaml", 2, 3));
    }

    @Test
    void aFileThatIsWantedTwiceFromOneSourceIsWantedOnce() {
        DesiredFiles desired = DesiredFiles.of(
                List.of(manifest("gs://staging", "s3://prod", 2), manifest("gs://staging", "s3://prod", 4)));

        assertThat(desired.edges()).extracting(edge -> edge.place().line()).containsExactly(2);
    }

    @Test
    void everySourceThatMayHaveItIsKeptTheFirstOneFirst() {
        DesiredFiles desired = DesiredFiles.of(List.of(
                manifest("gs://staging", "s3://prod", 2),
                manifest("gs://other", "s3://prod", 4),
                manifest("gs://staging", "s3://mirror", 6),
                manifest("gs://other", "s3://prod", 8)));

        assertThat(desired.edges())
                .extracting(edge -> edge.from() + " to " + edge.to())
                .containsExactly(
                        "gs://staging/kubectl to s3://prod/kubectl",
                        "gs://other/kubectl to s3://prod/kubectl",
                        "gs://staging/kubectl to s3://mirror/kubectl");
    }
}
