// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import static io.kpromo.registry.Client.header;
import static io.kpromo.registry.Client.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.sample.SampleBlob;
import io.kpromo.registry.sample.SampleImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PushAndPullTest {
    private static final byte[] BLOB = "a layer".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void aBlobThatWasPushedCanBePulled() throws Exception {
        try (Registry registry = Registry.open(RegistryOptions.in(folder));
                Client client = new Client(registry)) {
            var pushed = client.upload("a/b", BLOB);
            assertThat(pushed.statusCode()).isEqualTo(201);
            assertThat(header(pushed, "Docker-Content-Digest"))
                    .isEqualTo(Digest.sha256(BLOB).toString());
            var pulled = client.get(location(pushed));
            assertThat(pulled.statusCode()).isEqualTo(200);
            assertThat(pulled.body()).isEqualTo(BLOB);
            assertThat(client.send("HEAD", location(pushed)).headers().firstValueAsLong("Content-Length"))
                    .hasValue(BLOB.length);
            assertThat(registry.counts())
                    .isEqualTo(Counts.none()
                            .and(Kind.POST_UPLOAD, 1)
                            .and(Kind.PUT_BLOB, 1)
                            .and(Kind.GET_BLOB, 1)
                            .and(Kind.HEAD_BLOB, 1));
            assertThat(registry.reads(Digest.sha256(BLOB))).isEqualTo(1);
        }
    }

    @Test
    void anImageIsPushedChildrenFirstAndPulledByTag() throws Exception {
        SampleImage image = SampleImage.image()
                .platforms("linux/amd64", "linux/arm64")
                .layers(2)
                .build();
        try (Registry registry = Registry.open(RegistryOptions.in(folder));
                Client client = new Client(registry)) {
            for (SampleBlob blob : image.blobs()) {
                assertThat(client.upload("app", blob.bytes()).statusCode()).isEqualTo(201);
            }
            for (RawManifest manifest : image.manifests()) {
                assertThat(client.put("app", manifest.digest().toString(), manifest)
                                .statusCode())
                        .isEqualTo(201);
            }
            assertThat(client.put("app", "1.0", image.root()).statusCode()).isEqualTo(201);

            var pulled = client.get("/v2/app/manifests/1.0");
            assertThat(pulled.body()).isEqualTo(image.root().bytes());
            assertThat(header(pulled, "Content-Type")).isEqualTo(image.root().mediaType());
            assertThat(header(pulled, "Docker-Content-Digest"))
                    .isEqualTo(image.digest().toString());
            assertThat(client.text("/v2/app/tags/list")).isEqualTo("{\"name\":\"app\",\"tags\":[\"1.0\"]}");
            assertThat(registry.audit()).isEmpty();
        }
    }

    @Test
    void whatWasPushedIsThereAfterARestart() throws Exception {
        SampleImage image = SampleImage.image().build();
        try (Registry registry = Registry.open(RegistryOptions.in(folder))) {
            image.pushTo(registry, "app", "1.0");
        }
        try (Registry registry = Registry.open(RegistryOptions.in(folder));
                Client client = new Client(registry)) {
            assertThat(client.get("/v2/app/manifests/1.0").body())
                    .isEqualTo(image.root().bytes());
            assertThat(registry.audit()).isEmpty();
        }
    }

    @Test
    void aBlobOfAnotherRepositoryIsMounted() throws Exception {
        try (Registry registry = Registry.open(RegistryOptions.in(folder));
                Client client = new Client(registry)) {
            assertThat(client.upload("a", BLOB).statusCode()).isEqualTo(201);
            String mount = "/v2/b/blobs/uploads/?from=a&mount=" + Digest.sha256(BLOB);
            assertThat(client.send("POST", mount).statusCode()).isEqualTo(201);
            assertThat(client.get("/v2/b/blobs/" + Digest.sha256(BLOB)).body()).isEqualTo(BLOB);
            assertThat(registry.counts().of(Kind.MOUNT)).isEqualTo(1);
        }
    }
}
