// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import static io.kpromo.oci.client.CallSamples.BYTES;
import static io.kpromo.oci.client.CallSamples.BY_DIGEST;
import static io.kpromo.oci.client.CallSamples.BY_TAG;
import static io.kpromo.oci.client.CallSamples.DIGEST;
import static io.kpromo.oci.client.CallSamples.OTHER;
import static io.kpromo.oci.client.CallSamples.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Scope;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests as they are built and answers as they are read, without a socket: manifests.
class ManifestCallsTest {
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
}
