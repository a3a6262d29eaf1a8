// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import static io.kpromo.registry.Client.body;
import static io.kpromo.registry.Client.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.MediaTypes;
import io.kpromo.registry.sample.SampleImage;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ListingsTest extends RegistryTest {
    private final SampleImage image = SampleImage.image().build();

    @Test
    void tagsComeInPagesThatLinkToTheNext() throws Exception {
        image.pushTo(registry, "app", "c", "a", "e", "b", "d");
        var first = client.get("/v2/app/tags/list?n=2");
        assertThat(body(first)).isEqualTo("{\"name\":\"app\",\"tags\":[\"a\",\"b\"]}");
        assertThat(header(first, "Link")).isEqualTo("</v2/app/tags/list?n=2&last=b>; rel=\"next\"");
        assertThat(client.text("/v2/app/tags/list?n=2&last=b")).contains("[\"c\",\"d\"]");
        var last = client.get("/v2/app/tags/list?n=2&last=d");
        assertThat(body(last)).contains("[\"e\"]");
        assertThat(header(last, "Link")).isEmpty();
        assertThat(client.text("/v2/app/tags/list?last=bb")).contains("[\"c\",\"d\",\"e\"]");
        assertThat(client.text("/v2/app/tags/list?n=0")).contains("[]");
        assertThat(client.get("/v2/app/tags/list?n=x").statusCode()).isEqualTo(400);
    }

    @Test
    void theCatalogueListsNestedRepositoriesInPages() throws Exception {
        image.pushTo(registry, "a");
        image.pushTo(registry, "a/b/c");
        image.pushTo(registry, "z");
        client.upload("only-a-blob", BLOB);
        assertThat(client.text("/v2/_catalog")).isEqualTo("{\"repositories\":[\"a\",\"a/b/c\",\"z\"]}");
        var page = client.get("/v2/_catalog?n=2");
        assertThat(header(page, "Link")).isEqualTo("</v2/_catalog?n=2&last=a%2Fb%2Fc>; rel=\"next\"");
        assertThat(client.text("/v2/_catalog?n=2&last=a%2Fb%2Fc")).contains("[\"z\"]");
        restart(options().without(Feature.CATALOGUE));
        assertThat(client.get("/v2/_catalog").statusCode()).isEqualTo(404);
    }

    @Test
    void theGoogleFormWalksFromTheRootThroughNamesThatAreNoRepositories() throws Exception {
        restart(options().with(Feature.GOOGLE_LISTING));
        image.pushTo(registry, "prod/kube/app", "1.0", "latest");
        assertThat(client.text("/v2/tags/list"))
                .isEqualTo("{\"child\":[\"prod\"],\"manifest\":{},\"name\":\"\",\"tags\":[]}");
        assertThat(json("/v2/prod/tags/list").path("child").path(0).asString()).isEqualTo("kube");
        JsonNode app = json("/v2/prod/kube/app/tags/list");
        assertThat(app.path("tags").toString()).isEqualTo("[\"1.0\",\"latest\"]");
        JsonNode entry = app.path("manifest").path(image.digest().toString());
        assertThat(entry.path("mediaType").asString()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(entry.path("tag").toString()).isEqualTo("[\"1.0\",\"latest\"]");
        assertThat(entry.path("imageSizeBytes").asString()).isEqualTo(Long.toString(image.size()));
        assertThat(Long.parseLong(entry.path("timeUploadedMs").asString())).isPositive();
        assertThat(client.get("/v2/prod/none/tags/list").statusCode()).isEqualTo(404);
    }

    @Test
    void referrersAreListedAndFilteredAlsoForASubjectThatIsNotThere() throws Exception {
        SampleImage sbom = SampleImage.artifact("application/vnd.example.sbom", Optional.of(image.root()));
        SampleImage note = SampleImage.artifact("application/vnd.example.note", Optional.of(image.root()));
        sbom.pushTo(registry.url(), "app");
        var pushed = client.put("app", sbom.digest().toString(), sbom.root());
        assertThat(header(pushed, "OCI-Subject")).isEqualTo(image.digest().toString());
        note.pushTo(registry, "app");

        var all = client.get("/v2/app/referrers/" + image.digest());
        assertThat(header(all, "Content-Type")).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(header(all, "OCI-Filters-Applied")).isEmpty();
        assertThat(JsonMapper.shared().readTree(all.body()).path("manifests").size())
                .isEqualTo(2);
        var some = client.get("/v2/app/referrers/" + image.digest() + "?artifactType=application%2Fvnd.example.sbom");
        assertThat(header(some, "OCI-Filters-Applied")).isEqualTo("artifactType");
        JsonNode only = JsonMapper.shared().readTree(some.body()).path("manifests");
        assertThat(only.size()).isEqualTo(1);
        assertThat(only.path(0).path("digest").asString())
                .isEqualTo(sbom.digest().toString());
        assertThat(only.path(0).path("annotations").path("org.example.kind").asString())
                .isEqualTo("sample");

        client.send("DELETE", "/v2/app/manifests/" + sbom.digest());
        assertThat(json("/v2/app/referrers/" + image.digest()).path("manifests").size())
                .isEqualTo(1);
        assertThat(json("/v2/app/referrers/" + BLOB_DIGEST).path("manifests").size())
                .isZero();
    }

    @Test
    void aHostWithoutTheReferrersApiAnswers404AndNamesNoSubject() throws Exception {
        restart(options().without(Feature.REFERRERS_API));
        SampleImage sbom = SampleImage.artifact("application/vnd.example.sbom", Optional.of(image.root()));
        sbom.pushTo(registry, "app");
        assertThat(header(client.put("app", "x", sbom.root()), "OCI-Subject")).isEmpty();
        assertThat(client.get("/v2/app/referrers/" + image.digest()).statusCode())
                .isEqualTo(404);
    }

    private JsonNode json(String target) throws Exception {
        return JsonMapper.shared().readTree(client.text(target));
    }
}
