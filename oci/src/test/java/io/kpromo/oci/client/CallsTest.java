// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.Uploads.Opened;
import io.kpromo.oci.client.Uploads.Received;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests as they are built and answers as they are read, without a socket.
class CallsTest {
    private static final byte[] BYTES = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.sha256(BYTES);
    private static final Digest OTHER = Digest.sha256(new byte[0]);
    private static final Repository REPOSITORY = Repository.parse("a.example:5000/kube/pause");
    private static final Repository ELSEWHERE = Repository.parse("a.example:5000/kube/other");
    private static final ImageReference BY_TAG = REPOSITORY.at(new Tag("3.10"));
    private static final ImageReference BY_DIGEST = REPOSITORY.at(DIGEST);
    private static final Upload UPLOAD =
            new Upload(REPOSITORY, DIGEST, URI.create("/v2/kube/pause/blobs/uploads/7?_state=a%2Bb"));

    @Test
    void lookingUpAsksForEveryKindOfManifest() {
        Request request = new HeadManifest(BY_TAG).request();
        assertThat(request.method()).isEqualTo(Method.HEAD);
        assertThat(request.target()).hasToString("/v2/kube/pause/manifests/3.10");
        assertThat(request.kind()).isEqualTo(Kind.HEAD_MANIFEST);
        assertThat(request.scopes()).containsExactly(Scope.pull(REPOSITORY));
        assertThat(request.headers().get("Accept")).contains(MediaTypes.MANIFESTS);
        assertThat(request.why()).isEqualTo("look up a.example:5000/kube/pause:3.10");
    }

    @Test
    void whatATagPointsToIsInTheHeader() {
        Fake answer = Fake.of(200)
                .with("docker-content-digest", DIGEST.toString())
                .with("Content-Type", MediaTypes.OCI_INDEX + "; charset=utf-8")
                .with("Content-Length", "19");
        assertThat(new HeadManifest(BY_TAG).read(answer))
                .isEqualTo(new HeadManifest.Answer.Found(new Descriptor(MediaTypes.OCI_INDEX, DIGEST, 19)));
    }

    @Test
    void aTagWithoutADigestIsNameless() {
        assertThat(new HeadManifest(BY_TAG).read(Fake.of(200))).isInstanceOf(HeadManifest.Answer.Nameless.class);
    }

    @Test
    void aDigestThatWasAskedForNeedsNoHeader() {
        assertThat(new HeadManifest(BY_DIGEST).read(Fake.of(200)))
                .isEqualTo(new HeadManifest.Answer.Found(new Descriptor(MediaTypes.OCTETS, DIGEST, -1)));
    }

    @Test
    void aHeaderThatLiesIsAFailure() {
        Fake answer = Fake.of(200).with("Docker-Content-Digest", OTHER.toString());
        assertThatThrownBy(() -> new HeadManifest(BY_DIGEST).read(answer))
                .isInstanceOf(OciException.class)
                .hasMessageContaining(BY_DIGEST.toString())
                .hasMessageContaining(OTHER.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:00", "md5:abc", "../x"})
    void aHeaderThatIsNoDigestIsAFailure(String header) {
        Fake answer = Fake.of(200).with("Docker-Content-Digest", header);
        assertThatThrownBy(() -> new HeadManifest(BY_TAG).read(answer)).isInstanceOf(OciException.class);
    }

    @Test
    void aManifestThatIsNotThereIsNoFailure() throws Exception {
        assertThat(new HeadManifest(BY_TAG).expects(404)).isTrue();
        assertThat(new HeadManifest(BY_TAG).read(Fake.of(404))).isInstanceOf(HeadManifest.Answer.Missing.class);
        assertThat(new GetManifest(BY_TAG).read(Fake.of(404))).isEmpty();
        assertThat(new DeleteManifest(BY_TAG).read(Fake.of(404))).isFalse();
    }

    @Test
    void aManifestIsFetchedAsItIs() throws Exception {
        RawManifest found = new GetManifest(BY_DIGEST)
                .read(Fake.of(200).with("Content-Type", MediaTypes.OCI_MANIFEST).body(BYTES))
                .orElseThrow();
        assertThat(found.bytes()).isEqualTo(BYTES);
        assertThat(found.digest()).isEqualTo(DIGEST);
        assertThat(found.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
    }

    @Test
    void aBodyWithAnotherDigestIsAskedForAgain() {
        assertThatThrownBy(() -> new GetManifest(BY_DIGEST).read(Fake.of(200).body("{}")))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:00", "sha512:zz", "nonsense"})
    void aFetchedTagWhoseHeaderIsNoDigestIsAskedForAgain(String header) {
        Fake answer = Fake.of(200).with("Docker-Content-Digest", header).body(BYTES);
        assertThatThrownBy(() -> new GetManifest(BY_TAG).read(answer)).isInstanceOf(IOException.class);
    }

    @Test
    void aFetchedTagMayBeNamedBySha512() throws Exception {
        Digest sha512 = Digest.of(
                Digest.Algorithm.SHA512, Digest.Algorithm.SHA512.hasher().digest(BYTES));
        Fake answer =
                Fake.of(200).with("Docker-Content-Digest", sha512.toString()).body(BYTES);
        assertThat(new GetManifest(BY_TAG).read(answer))
                .map(RawManifest::digest)
                .contains(sha512);
    }

    @Test
    void aManifestThatIsTooLargeIsNotRead() {
        Fake answer = Fake.of(200).body(new byte[Manifest.LARGEST + 1]);
        assertThatThrownBy(() -> new GetManifest(BY_TAG).read(answer))
                .isInstanceOf(OciException.class)
                .hasMessageContaining(BY_TAG.toString());
    }

    @Test
    void writingATagSendsTheBytesUnderTheirType() throws Exception {
        RawManifest manifest = new RawManifest(MediaTypes.DOCKER_LIST, DIGEST, BYTES);
        Request request = new PutManifest(BY_TAG, manifest).request();
        assertThat(request.kind()).isEqualTo(Kind.PUT_TAG);
        assertThat(request.headers()).containsEntry("Content-Type", MediaTypes.DOCKER_LIST);
        assertThat(request.scopes()).containsExactly(Scope.push(REPOSITORY));
        assertThat(request.body().orElseThrow().open().readAllBytes()).isEqualTo(BYTES);
        assertThat(new PutManifest(BY_DIGEST, manifest).request().kind()).isEqualTo(Kind.PUT_MANIFEST);
    }

    @Test
    void aRegistryThatChangesManifestsIsAFailure() {
        PutManifest put = new PutManifest(BY_TAG, new RawManifest(MediaTypes.OCI_MANIFEST, DIGEST, BYTES));
        assertThat(put.read(Fake.of(201).with("Docker-Content-Digest", DIGEST.toString())))
                .isFalse();
        assertThatThrownBy(() -> put.read(Fake.of(201).with("Docker-Content-Digest", OTHER.toString())))
                .isInstanceOf(OciException.class)
                .hasMessageContaining(BY_TAG.toString());
    }

    @Test
    void aRegistryThatListsAReferrerSaysSo() {
        PutManifest put = new PutManifest(BY_DIGEST, new RawManifest(MediaTypes.OCI_MANIFEST, DIGEST, BYTES));
        assertThat(put.read(Fake.of(201))).isFalse();
        assertThat(put.read(Fake.of(201).with("OCI-Subject", OTHER.toString()))).isTrue();
    }

    @Test
    void aBlobIsReadFromWhereTheIntakeStands() throws Exception {
        Kept intake = new Kept();
        GetBlob call = new GetBlob(REPOSITORY, DIGEST, intake);
        assertThat(call.request().headers()).doesNotContainKey("Range");
        call.read(Fake.of(200).body("0123"));
        assertThat(call.request().headers()).containsEntry("Range", "bytes=4-");
        call.read(Fake.of(206).with("Content-Range", "bytes 4-9/10").body("456789"));
        assertThat(intake.bytes).hasToString("0123456789");
    }

    @Test
    void aHostThatSendsAnEarlierPartIsReadFromTheRightByte() throws Exception {
        Kept intake = new Kept();
        intake.bytes.writeBytes("01234".getBytes(StandardCharsets.UTF_8));
        new GetBlob(REPOSITORY, DIGEST, intake)
                .read(Fake.of(206).with("Content-Range", "bytes 3-9/10").body("3456789"));
        assertThat(intake.bytes).hasToString("0123456789");
    }

    @Test
    void aHostWithoutRangesIsReadOver() throws Exception {
        Kept intake = new Kept();
        intake.bytes.writeBytes("01234".getBytes(StandardCharsets.UTF_8));
        new GetBlob(REPOSITORY, DIGEST, intake).read(Fake.of(200).body("0123456789"));
        assertThat(intake.bytes).hasToString("0123456789");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes */10",
                "bytes x-9/10",
                "items 4-9/10",
                "bytes 5-9/10",
                "bytes 99999999999999999999-1/2"
            })
    void aPartThatDoesNotFitIsAskedForAgain(String range) {
        Kept intake = new Kept();
        intake.bytes.writeBytes("0123".getBytes(StandardCharsets.UTF_8));
        GetBlob call = new GetBlob(REPOSITORY, DIGEST, intake);
        assertThatThrownBy(() ->
                        call.read(Fake.of(206).with("Content-Range", range).body("456789")))
                .isInstanceOf(IOException.class);
        assertThat(intake.bytes).hasToString("0123");
    }

    @Test
    void aMountWantsToReadThereAndWriteHere() {
        Request request = OpenUpload.mount(REPOSITORY, DIGEST, ELSEWHERE).request();
        assertThat(request.target()).hasToString("/v2/kube/pause/blobs/uploads/?mount=" + DIGEST + "&from=kube/other");
        assertThat(request.kind()).isEqualTo(Kind.MOUNT);
        assertThat(request.scopes()).containsExactly(Scope.push(REPOSITORY), Scope.pull(ELSEWHERE));
    }

    @Test
    void aClaimIsAnUploadThatMayTurnOutToBeThere() throws Exception {
        Request request = OpenUpload.claim(REPOSITORY, DIGEST).request();
        assertThat(request.kind()).isEqualTo(Kind.POST_UPLOAD);
        assertThat(request.scopes()).containsExactly(Scope.push(REPOSITORY));
        assertThat(OpenUpload.claim(REPOSITORY, DIGEST).read(Fake.of(201))).isInstanceOf(Opened.Mounted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/kube/pause/blobs/uploads/9, /v2/kube/pause/blobs/uploads/9",
        "9?x=1, /v2/kube/pause/blobs/uploads/9?x=1",
        "https://cdn.example/up?sig=a%2Fb, https://cdn.example/up?sig=a%2Fb"
    })
    void anUploadIsWhereTheHostSaysThatItIs(String location, String expected) throws Exception {
        Opened opened = OpenUpload.plain(REPOSITORY, DIGEST).read(Fake.of(202).with("Location", location));
        assertThat(opened).isEqualTo(new Opened.Open(new Upload(REPOSITORY, DIGEST, URI.create(expected))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://[", "a b"})
    void anUploadNowhereIsAskedForAgain(String location) {
        assertThatThrownBy(() ->
                        OpenUpload.plain(REPOSITORY, DIGEST).read(Fake.of(202).with("Location", location)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void endingAnUploadKeepsWhatTheHostPutIntoItsAddress() {
        assertThat(new PutUpload(UPLOAD, Optional.empty()).request().target())
                .hasToString("/v2/kube/pause/blobs/uploads/7?_state=a%2Bb&digest=" + DIGEST);
        Upload plain = new Upload(REPOSITORY, DIGEST, URI.create("/v2/kube/pause/blobs/uploads/7"));
        assertThat(new PutUpload(plain, Optional.empty()).request().target())
                .hasToString("/v2/kube/pause/blobs/uploads/7?digest=" + DIGEST);
    }

    @Test
    void aPartSaysWhichBytesItHolds() {
        Request request = new PatchUpload(UPLOAD, 100, Body.of(new byte[50])).request();
        assertThat(request.headers()).containsEntry("Content-Range", "100-149");
        assertThat(request.target()).isEqualTo(UPLOAD.location());
    }

    @Test
    void ecrAnswersAPartWith201AndTheUploadGoesOn() throws Exception {
        PatchUpload patch = new PatchUpload(UPLOAD, 0, Body.of(new byte[50]));
        assertThat(patch.expects(201)).isTrue();
        assertThat(patch.read(Fake.of(201))).isEqualTo(UPLOAD);
    }

    @ParameterizedTest
    @CsvSource({"0-99, 100", "bytes=0-99, 100", "0-0, 0"})
    void aBrokenUploadTellsHowFarItCame(String range, long bytes) throws Exception {
        assertThat(new UploadStatus(UPLOAD).read(Fake.of(204).with("Range", range)))
                .contains(new Received(UPLOAD, bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0--5"})
    void aBrokenUploadThatTellsNothingIsGone(String range) throws Exception {
        assertThat(new UploadStatus(UPLOAD).read(Fake.of(204).with("Range", range)))
                .isEmpty();
        assertThat(new UploadStatus(UPLOAD).read(Fake.of(404))).isEmpty();
    }

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

    /// Keeps all that it is given.
    private static final class Kept implements BlobIntake {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public long offset() {
            return bytes.size();
        }

        @Override
        public void take(InputStream more) throws IOException {
            more.transferTo(bytes);
        }
    }
}
