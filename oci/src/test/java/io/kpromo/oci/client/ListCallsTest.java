// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import static io.kpromo.oci.client.CallSamples.DIGEST;
import static io.kpromo.oci.client.CallSamples.OTHER;
import static io.kpromo.oci.client.CallSamples.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.MediaTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests as they are built and answers as they are read, without a socket: lists.
class ListCallsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "</v2/a/tags/list?last=b&n=2>; rel=\"next\" | /v2/a/tags/list?last=b&n=2",
                "</v2/a/tags/list?last=b>;rel=next | /v2/a/tags/list?last=b",
                "<?last=b>; rel=\"next\" | /v2/a/tags/list?last=b",
                "<list?last=b>; rel=\"next\" | /v2/a/tags/list?last=b",
                "<https://a.example/v2/a/tags/list?last=b>; rel=\"next\" | /v2/a/tags/list?last=b",
                "<https://evil.example/v2/a/tags/list?last=b>; rel=\"next\" | /v2/a/tags/list?last=b",
                "</first>; rel=\"first\", </second>; rel=\"next\" | /second"
            })
    void theNextPageIsOnTheSameHost(String link, String expected) throws Exception {
        assertThat(page(Fake.of(200).with("Link", link).body("{\"tags\":[]}"), new TagListing.Builder()))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"</v2/x>; rel=\"prev\"", "nothing", "<unclosed; rel=next", ""})
    void linksToOtherThingsAreNoPages(String link) throws Exception {
        assertThat(page(Fake.of(200).with("Link", link).body("{\"tags\":[]}"), new TagListing.Builder()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<mailto:a@b.example>; rel=\"next\"", "<http://[>; rel=\"next\"", "<a b>; rel=\"next\""})
    void linksThatAreNoAddressesAreFailures(String link) {
        assertThatThrownBy(() -> page(Fake.of(200).with("Link", link).body("{\"tags\":[]}"), new TagListing.Builder()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void tagsAreListedAmongOtherFields() throws Exception {
        assertThat(listing("{\"name\":\"a\",\"x\":{\"tags\":[\"no\"]},\"tags\":[\"1.0\",\"latest\"],\"y\":[1]}"))
                .isEqualTo(new TagListing.Plain(List.of("1.0", "latest")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"tags\":null}", "{}", "{\"tags\":[]}"})
    void noTagsAreNoFailure(String body) throws Exception {
        assertThat(listing(body)).isEqualTo(new TagListing.Plain(List.of()));
    }

    @Test
    void aRepositoryThatIsNotThereIsMissing() throws Exception {
        TagListing.Builder all = new TagListing.Builder();
        assertThat(page(Fake.of(404), all)).isEmpty();
        assertThat(all.build()).isInstanceOf(TagListing.Missing.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "<html>",
                "{\"tags\":[\"a\"",
                "{\"manifest\":{\"sha256:00\":{}}}",
                "{\"manifest\":{\"x\":1}}"
            })
    void listsThatAreNoneAreAskedForAgain(String body) {
        assertThatThrownBy(() -> listing(body)).isInstanceOf(IOException.class);
    }

    @Test
    void theCatalogueIsAListOfNames() throws Exception {
        assertThat(catalogue("{\"x\":[1],\"repositories\":[\"a\",\"b/c\"]}")).containsExactly("a", "b/c");
        assertThat(catalogue("{\"repositories\":null}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"repositories\":[\"a\",1,\"b\"]}", "{\"repositories\":[null]}", "{\"repositories\":[\"a\""})
    void aCatalogueIsNotCutShortInSilence(String body) {
        assertThatThrownBy(() -> catalogue(body)).isInstanceOf(IOException.class);
    }

    @Test
    void googlesListingTellsManifestsTagsAndChildren() throws Exception {
        TagListing listing = listing("{\"child\":[\"arm\",\"x86\"],\"manifest\":{\"" + DIGEST
                + "\":{\"imageSizeBytes\":\"123\",\"layerId\":\"\",\"mediaType\":\"" + MediaTypes.OCI_INDEX
                + "\",\"tag\":[\"1\",\"2\"],\"timeCreatedMs\":\"0\",\"timeUploadedMs\":\"1700000000000\",\"new\":{\"a\":[]}}},"
                + "\"name\":\"kube/pause\",\"tags\":[\"1\",\"2\"]}");
        assertThat(listing).isInstanceOfSatisfying(TagListing.Google.class, google -> {
            assertThat(google.children()).containsExactly("arm", "x86");
            assertThat(google.manifests())
                    .containsOnlyKeys(DIGEST)
                    .containsValue(
                            new TagListing.Entry(MediaTypes.OCI_INDEX, List.of("1", "2"), 1_700_000_000_000L, 123));
        });
    }

    @Test
    void anEmptyGoogleListingIsGooglesAllTheSame() throws Exception {
        assertThat(listing("{\"child\":[],\"manifest\":{},\"name\":\"a\",\"tags\":[]}"))
                .isInstanceOf(TagListing.Google.class);
    }

    @Test
    void referrersAreDescriptors() throws Exception {
        String body =
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[{\"mediaType\":\""
                        + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + OTHER
                        + "\",\"size\":5,\"artifactType\":\"a/b\",\"annotations\":{\"k\":\"v\"}}]}";
        ListReferrers.Answer answer = referrers(
                Fake.of(200).with("Content-Type", MediaTypes.OCI_INDEX).body(body));
        assertThat(answer.supported()).contains(true);
        assertThat(answer.referrers()).singleElement().satisfies(referrer -> {
            assertThat(referrer.digest()).isEqualTo(OTHER);
            assertThat(referrer.artifactType()).contains("a/b");
            assertThat(referrer.annotations()).containsEntry("k", "v");
        });
    }

    @Test
    void aPageForPeopleIsNoListOfReferrers() throws Exception {
        assertThat(referrers(Fake.of(200).with("Content-Type", "text/html").body("<html>"))
                        .supported())
                .contains(false);
        assertThat(referrers(Fake.of(404)).supported()).contains(false);
    }

    @Test
    void aRepositoryThatIsNotThereSaysNothingOfTheReferrersApi() throws Exception {
        assertThat(referrers(Fake.of(404).body("{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"\"}]}"))
                        .supported())
                .isEmpty();
    }

    @Test
    void theFilterOfReferrersIsEncoded() {
        assertThat(ListReferrers.first(REPOSITORY, DIGEST, Optional.of("application/a+b")))
                .isEqualTo("/v2/kube/pause/referrers/" + DIGEST + "?artifactType=application%2Fa%2Bb");
    }

    @Test
    void theTagInPlaceOfTheReferrersApiIsTheDigest() {
        assertThat(Referrers.tag(DIGEST)).hasToString("sha256-" + DIGEST.hex());
    }

    private static Optional<String> page(Fake answer, TagListing.Builder all) throws IOException {
        return new ListTags(REPOSITORY.host(), "a", "/v2/a/tags/list?n=1000", all).read(answer);
    }

    private static TagListing listing(String body) throws IOException {
        TagListing.Builder all = new TagListing.Builder();
        page(Fake.of(200).body(body), all);
        return all.build();
    }

    private static List<String> catalogue(String body) throws IOException {
        List<String> all = new ArrayList<>();
        new ListRepositories(REPOSITORY.host(), "/v2/_catalog?n=1000", all)
                .read(Fake.of(200).body(body));
        return all;
    }

    private static ListReferrers.Answer referrers(Fake answer) throws IOException {
        return new ListReferrers(REPOSITORY, DIGEST, ListReferrers.first(REPOSITORY, DIGEST, Optional.empty()))
                .read(answer);
    }
}
