// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import static io.kpromo.registry.Client.body;
import static io.kpromo.registry.Client.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.registry.sample.SampleImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ManifestsTest extends RegistryTest {
    @Test
    void everyKindOfManifestIsTakenAndGivenBackAsItWas() throws Exception {
        SampleImage base = SampleImage.image().platforms("linux/amd64").build();
        List<SampleImage> kinds = List.of(
                base,
                SampleImage.image()
                        .docker()
                        .platforms("linux/amd64", "linux/arm/v7")
                        .build(),
                SampleImage.image().foreignLayer().seed(2).build(),
                SampleImage.image().docker().foreignLayer().seed(3).build(),
                SampleImage.indexOf(base, SampleImage.image().seed(4).build()),
                SampleImage.artifact("application/vnd.example.sbom", Optional.of(base.root())),
                SampleImage.helmChart("chart", "0.1.0"),
                SampleImage.schema1("old", false),
                SampleImage.schema1("old", true));
        for (SampleImage image : kinds) {
            image.pushTo(registry.url(), "app", "tag");
            var pulled = client.get("/v2/app/manifests/tag", "Accept", String.join(",", MediaTypes.MANIFESTS));
            assertThat(pulled.body()).isEqualTo(image.root().bytes());
            assertThat(header(pulled, "Content-Type")).isEqualTo(image.root().mediaType());
        }
        assertThat(registry.audit()).isEmpty();
    }

    @Test
    void aManifestWhoseBlobsAreMissingIsRefused() throws Exception {
        SampleImage image = SampleImage.image().build();
        var answer = client.put("app", "1.0", image.root());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(body(answer)).contains("MANIFEST_BLOB_UNKNOWN");
        assertThat(client.get("/v2/app/tags/list").statusCode()).isEqualTo(404);
    }

    @Test
    void withoutContentChecksAManifestMayComeFirstAndTheAuditTellsWhatIsMissing() throws Exception {
        restart(options().without(Feature.CONTENT_CHECKS));
        SampleImage image = SampleImage.image().build();
        assertThat(client.put("app", "1.0", image.root()).statusCode()).isEqualTo(201);
        assertThat(registry.audit())
                .anySatisfy(wrong ->
                        assertThat(wrong).contains("app", image.layer(0).toString(), "not in app"));
    }

    @Test
    void anIndexWhoseManifestsAreInAnotherRepositoryIsRefused() throws Exception {
        SampleImage image = SampleImage.image().platforms("linux/amd64").build();
        image.pushTo(registry, "elsewhere");
        var answer = client.put("app", "1.0", image.root());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(body(answer)).contains("MANIFEST_BLOB_UNKNOWN");
    }

    @Test
    void aManifestUnderAnotherDigestIsRefused() throws Exception {
        SampleImage image = SampleImage.image().build();
        image.pushTo(registry, "app");
        var answer = client.put("app", BLOB_DIGEST.toString(), image.root());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(body(answer)).contains("DIGEST_INVALID");
    }

    @Test
    void whatIsNoManifestOrTooLargeIsRefused() throws Exception {
        RawManifest garbage = RawManifest.of(MediaTypes.OCI_MANIFEST, "[1".getBytes(StandardCharsets.UTF_8));
        assertThat(body(client.put("app", "1.0", garbage))).contains("MANIFEST_INVALID");
        RawManifest huge = RawManifest.of(MediaTypes.OCI_MANIFEST, new byte[Manifest.LARGEST + 1]);
        assertThat(client.put("app", "1.0", huge).statusCode()).isEqualTo(413);
        RawManifest index = SampleImage.image().platforms("linux/amd64").build().root();
        RawManifest disguised = RawManifest.of(MediaTypes.DOCKER_MANIFEST, index.bytes());
        assertThat(body(client.put("app", "1.0", disguised))).contains("MANIFEST_INVALID");
    }

    @Test
    void aClientThatCannotReadTheTypeIsToldThatThereIsNone() throws Exception {
        SampleImage.image().build().pushTo(registry, "app", "1.0");
        String target = "/v2/app/manifests/1.0";
        assertThat(client.get(target, "Accept", MediaTypes.DOCKER_MANIFEST).statusCode())
                .isEqualTo(404);
        assertThat(client.get(target, "Accept", "text/plain, */*;q=0.1").statusCode())
                .isEqualTo(200);
        assertThat(client.get(target, "Accept", MediaTypes.OCI_MANIFEST).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTagMovesAndTheOldManifestStays() throws Exception {
        SampleImage first = SampleImage.image().seed(1).build();
        SampleImage second = SampleImage.image().seed(2).build();
        first.pushTo(registry, "app", "latest");
        second.pushTo(registry, "app", "latest");
        assertThat(header(client.send("HEAD", "/v2/app/manifests/latest"), "Docker-Content-Digest"))
                .isEqualTo(second.digest().toString());
        assertThat(client.get("/v2/app/manifests/" + first.digest()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void deletingAManifestTakesItsTagsAlongAndDeletingATagLeavesTheManifest() throws Exception {
        SampleImage image = SampleImage.image().build();
        image.pushTo(registry, "app", "1.0", "latest");
        assertThat(client.send("DELETE", "/v2/app/manifests/latest").statusCode())
                .isEqualTo(202);
        assertThat(client.get("/v2/app/manifests/1.0").statusCode()).isEqualTo(200);
        assertThat(client.send("DELETE", "/v2/app/manifests/" + image.digest()).statusCode())
                .isEqualTo(202);
        assertThat(client.get("/v2/app/manifests/1.0").statusCode()).isEqualTo(404);
        assertThat(client.text("/v2/app/tags/list")).isEqualTo("{\"name\":\"app\",\"tags\":[]}");
        assertThat(client.send("DELETE", "/v2/app/manifests/1.0").statusCode()).isEqualTo(404);
        assertThat(registry.audit()).isEmpty();
    }

    @Test
    void aDeletedBlobIsGoneFromItsRepositoryOnly() throws Exception {
        client.upload("a", BLOB);
        client.upload("b", BLOB);
        assertThat(client.send("DELETE", "/v2/a/blobs/" + BLOB_DIGEST).statusCode())
                .isEqualTo(202);
        assertThat(client.get("/v2/a/blobs/" + BLOB_DIGEST).statusCode()).isEqualTo(404);
        assertThat(client.get("/v2/b/blobs/" + BLOB_DIGEST).body()).isEqualTo(BLOB);
    }

    @Test
    void aReadOnlyRegistryRefusesEveryWrite() throws Exception {
        SampleImage image = SampleImage.image().build();
        image.pushTo(registry, "app", "1.0");
        restart(options().withReadOnly(true));
        assertThat(client.put("app", "2.0", image.root()).statusCode()).isEqualTo(405);
        assertThat(client.send("POST", "/v2/app/blobs/uploads/").statusCode()).isEqualTo(405);
        assertThat(client.send("DELETE", "/v2/app/manifests/1.0").statusCode()).isEqualTo(405);
        assertThat(client.get("/v2/app/manifests/1.0").statusCode()).isEqualTo(200);
    }

    @Test
    void aManifestMayHaveASha512DigestAndTagsAsParameters() throws Exception {
        SampleImage image = SampleImage.image().build();
        image.pushTo(registry, "app");
        byte[] bytes = image.root().bytes();
        Digest digest = Digest.of(
                Digest.Algorithm.SHA512, Digest.Algorithm.SHA512.hasher().digest(bytes));
        var pushed = client.put("app", digest + "?tag=1.0&tag=latest", image.root());
        assertThat(pushed.statusCode()).isEqualTo(201);
        assertThat(header(pushed, "OCI-Tag")).isEqualTo("1.0, latest");
        assertThat(header(client.get("/v2/app/manifests/latest"), "Docker-Content-Digest"))
                .isEqualTo(digest.toString());
    }
}
