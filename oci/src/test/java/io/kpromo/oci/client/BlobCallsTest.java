// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import static io.kpromo.oci.client.CallSamples.DIGEST;
import static io.kpromo.oci.client.CallSamples.ELSEWHERE;
import static io.kpromo.oci.client.CallSamples.REPOSITORY;
import static io.kpromo.oci.client.CallSamples.UPLOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.client.Uploads.Opened;
import io.kpromo.oci.client.Uploads.Received;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests as they are built and answers as they are read, without a socket: blobs and uploads.
class BlobCallsTest {
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
