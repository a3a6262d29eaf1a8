// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Digest;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.registry.store.Consistency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderTest extends RegistryTest {
    private final SampleImage image = SampleImage.image()
            .platforms("linux/amd64", "linux/arm64")
            .layers(2)
            .build();

    private Path file(Digest digest) {
        return registry.folder().contents().file(digest);
    }

    private Path repository(String path) {
        return folder.resolve("repositories").resolve(path);
    }

    @Test
    void aFolderServesOneRegistryAtATime() {
        assertThatThrownBy(() -> Registry.open(options()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use by another registry (process "
                        + ProcessHandle.current().pid() + ")");
    }

    @Test
    void whatAKilledProcessLeftUnfinishedIsSweptAtTheNextStart() throws Exception {
        stop();
        Path left = Files.writeString(folder.resolve("uploads").resolve("left-over"), "half a layer");
        restart(options().withDurable(true));
        assertThat(left).doesNotExist();
        image.pushTo(registry, "app", "1.0");
        assertThat(registry.audit()).isEmpty();
    }

    @Test
    void namesThatLeaveTheFolderAreRefused() throws Exception {
        String digest = BLOB_DIGEST.toString();
        for (String name : new String[] {
            "..", "a/..", "../a", "%2e%2e", "a%2f..", "a/%2e%2e/b", "A", "a//b", "_blobs", "a/_tags", "a%00", "a\\b"
        }) {
            String path = RawConnection.statusOf(registry, "GET /v2/" + name + "/blobs/" + digest + " HTTP/1.1");
            assertThat(path).as(name).isIn("400", "404");
            String upload = RawConnection.statusOf(registry, "POST /v2/" + name + "/blobs/uploads/ HTTP/1.1");
            assertThat(upload).as(name).isIn("400", "404");
        }
        for (String reference : new String[] {"..", "%2e%2e%2f%2e%2e", "sha256:..", "-a", "sha256:/etc"}) {
            String status = RawConnection.statusOf(registry, "GET /v2/a/manifests/" + reference + " HTTP/1.1");
            assertThat(status).as(reference).isIn("400", "404");
        }
    }

    @Test
    void linksOutOfTheFolderAreNotFollowed(@TempDir Path outside) throws Exception {
        image.pushTo(registry, "app", "1.0");
        Files.move(repository("app"), outside.resolve("app"));
        Files.createSymbolicLink(repository("app"), outside.resolve("app"));
        assertThat(client.get("/v2/app/manifests/1.0").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(client.upload("app", BLOB).statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(client.upload("app/below", BLOB).statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(client.text("/v2/_catalog")).isEqualTo("{\"repositories\":[]}");
        try (var names = Files.list(outside.resolve("app"))) {
            assertThat(names.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("_blobs", "_manifests", "_tags");
        }
    }

    @Test
    void theAuditFindsNothingWhereAllIsWell() {
        image.pushTo(registry, "app", "1.0");
        SampleImage.image().foreignLayer().build().pushTo(registry, "foreign", "1.0");
        assertThat(registry.audit()).isEmpty();
    }

    @Test
    void theAuditFindsBytesThatChanged() throws Exception {
        image.pushTo(registry, "app", "1.0");
        Path layer = file(image.layer(1));
        byte[] bytes = Files.readAllBytes(layer);
        bytes[0] ^= 1;
        Files.write(layer, bytes);
        assertThat(Consistency.check(folder))
                .anySatisfy(line -> assertThat(line)
                        .contains("needs blob " + image.layer(1))
                        .contains("its bytes are " + Digest.sha256(bytes)));
    }

    @Test
    void theAuditFindsAMissingBlobAMissingChildAndATagToNothing() throws Exception {
        image.pushTo(registry, "app", "1.0");
        Digest child = image.manifests().getFirst().digest();
        Path link = repository("app")
                .resolve("_blobs")
                .resolve("sha256-" + image.layer(0).hex());
        Files.delete(link);
        assertThat(registry.audit())
                .anySatisfy(line -> assertThat(line).contains(image.layer(0) + ", which is not in app"));
        Files.createFile(link);
        Files.delete(repository("app").resolve("_manifests").resolve("sha256-" + child.hex()));
        assertThat(registry.audit()).anySatisfy(line -> assertThat(line).contains(child + ", which is not in app"));
        Files.delete(repository("app")
                .resolve("_manifests")
                .resolve("sha256-" + image.digest().hex()));
        assertThat(registry.audit()).anySatisfy(line -> assertThat(line).startsWith("app:1.0 needs manifest"));
    }

    @Test
    void theAuditFindsAManifestWhoseBytesAreCutShort() throws Exception {
        image.pushTo(registry, "app", "1.0");
        Files.writeString(file(image.digest()), "{");
        assertThat(registry.audit()).anySatisfy(line -> assertThat(line).contains("its bytes are"));
        Files.delete(file(image.digest()));
        assertThat(registry.audit()).anySatisfy(line -> assertThat(line).contains("its bytes are not there"));
    }

    @Test
    void theSameSeedGivesTheSameDigests() {
        assertThat(image.digest())
                .hasToString("sha256:f8d95e14d510dc4b5b9722f770ea8fc375642d2486e05bdb7e1a2957f161873f");
        assertThat(SampleImage.image().unpackable().layerSize(100_000).build().digest())
                .hasToString("sha256:22672215d1e99e0a076dc7da1e5d8dfd4203c1ef7c19899d37264a4a7067a7fc");
    }
}
