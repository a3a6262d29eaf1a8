// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import static io.kpromo.registry.Client.body;
import static io.kpromo.registry.Client.header;
import static io.kpromo.registry.Client.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class UploadsTest extends RegistryTest {
    private static final byte[] FIRST = Arrays.copyOfRange(BLOB, 0, 4);
    private static final byte[] SECOND = Arrays.copyOfRange(BLOB, 4, 10);

    private String open() throws Exception {
        var opened = client.send("POST", "/v2/a/blobs/uploads/");
        assertThat(opened.statusCode()).isEqualTo(202);
        return location(opened);
    }

    private int unfinishedFiles() throws IOException {
        try (var files = Files.list(folder.resolve("uploads"))) {
            return (int) files.count();
        }
    }

    @Test
    void aBlobGoesInOnePost() throws Exception {
        var answer = client.send("POST", "/v2/a/blobs/uploads/?digest=" + BLOB_DIGEST, BLOB);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(client.get(location(answer)).body()).isEqualTo(BLOB);
    }

    @Test
    void aHostWithoutSinglePostOpensAnUploadInstead() throws Exception {
        restart(options().without(Feature.SINGLE_POST));
        var answer = client.send("POST", "/v2/a/blobs/uploads/?digest=" + BLOB_DIGEST, BLOB);
        assertThat(answer.statusCode()).isEqualTo(202);
        var put = client.send("PUT", location(answer) + "?digest=" + BLOB_DIGEST, BLOB);
        assertThat(put.statusCode()).isEqualTo(201);
    }

    @Test
    void aBlobGoesInPiecesAndTheStatusSaysHowFarItIs() throws Exception {
        String upload = open();
        var first = client.send("PATCH", upload, FIRST, "Content-Range", "0-3");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(header(first, "Range")).isEqualTo("0-3");
        var status = client.get(upload);
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(header(status, "Range")).isEqualTo("0-3");
        var last = client.send("PUT", upload + "?digest=" + BLOB_DIGEST, SECOND, "Content-Range", "4-9");
        assertThat(last.statusCode()).isEqualTo(201);
        assertThat(client.get("/v2/a/blobs/" + BLOB_DIGEST).body()).isEqualTo(BLOB);
    }

    @Test
    void aPieceThatLeavesAGapIsRefusedAndToldWhereToGoOn() throws Exception {
        String upload = open();
        client.send("PATCH", upload, FIRST, "Content-Range", "0-3");
        var gap = client.send("PATCH", upload, SECOND, "Content-Range", "5-10");
        assertThat(gap.statusCode()).isEqualTo(416);
        assertThat(header(gap, "Range")).isEqualTo("0-3");
        assertThat(body(gap)).contains("RANGE_INVALID");
        assertThat(client.send("PATCH", upload, SECOND, "Content-Range", "x").statusCode())
                .isEqualTo(416);
    }

    @Test
    void aPieceThatBrokeOffIsKeptAsFarAsItCame() throws Exception {
        byte[] big = new byte[300_000];
        Arrays.fill(big, (byte) 7);
        String upload = open();
        registry.faults().add(Fault.on(Kind.PATCH_UPLOAD).times(1).resetsWhileReading(100_000));
        assertThat(broken(() -> client.send("PATCH", upload, big))).isTrue();
        var status = client.get(upload);
        assertThat(header(status, "Range")).isEqualTo("0-99999");
        byte[] rest = Arrays.copyOfRange(big, 100_000, big.length);
        var put = client.send("PUT", upload + "?digest=" + Digest.sha256(big), rest);
        assertThat(put.statusCode()).isEqualTo(201);
    }

    @Test
    void aPutThatBrokeOffIsSentAgainAsItWas() throws Exception {
        byte[] big = new byte[300_000];
        String upload = open();
        String put = upload + "?digest=" + Digest.sha256(big);
        registry.faults().add(Fault.on(Kind.PUT_BLOB).times(1).resetsWhileReading(100_000));
        assertThat(broken(() -> client.send("PUT", put, big))).isTrue();
        assertThat(client.send("PUT", put, big).statusCode()).isEqualTo(201);
    }

    @Test
    void bytesThatAreNotWhatWasAnnouncedAreNotKept() throws Exception {
        String wrong = Digest.sha256(FIRST).toString();
        var put = client.send("PUT", open() + "?digest=" + wrong, BLOB);
        assertThat(put.statusCode()).isEqualTo(400);
        assertThat(body(put)).contains("DIGEST_INVALID").contains(BLOB_DIGEST.toString());
        var post = client.send("POST", "/v2/a/blobs/uploads/?digest=" + wrong, BLOB);
        assertThat(post.statusCode()).isEqualTo(400);
        assertThat(client.get("/v2/a/blobs/" + wrong).statusCode()).isEqualTo(404);
        assertThat(client.get("/v2/a/blobs/" + BLOB_DIGEST).statusCode()).isEqualTo(404);
        assertThat(unfinishedFiles()).isZero();
    }

    @Test
    void anUploadThatIsCancelledLeavesNothing() throws Exception {
        String upload = open();
        client.send("PATCH", upload, FIRST);
        assertThat(client.send("DELETE", upload).statusCode()).isEqualTo(204);
        assertThat(client.get(upload).statusCode()).isEqualTo(404);
        assertThat(unfinishedFiles()).isZero();
    }

    @Test
    void anUploadBelongsToItsRepository() throws Exception {
        String elsewhere = open().replace("/v2/a/", "/v2/b/");
        var answer = client.send("PUT", elsewhere + "?digest=" + BLOB_DIGEST, BLOB);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(body(answer)).contains("BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void aBlobMayHaveASha512Digest() throws Exception {
        Digest digest = Digest.of(
                Digest.Algorithm.SHA512, Digest.Algorithm.SHA512.hasher().digest(BLOB));
        assertThat(client.send("PUT", open() + "?digest=" + digest, BLOB).statusCode())
                .isEqualTo(201);
        assertThat(client.get("/v2/a/blobs/" + digest).body()).isEqualTo(BLOB);
    }

    @Test
    void aHostWithoutChunksRefusesPieces() throws Exception {
        restart(options().without(Feature.CHUNKS));
        assertThat(client.send("PATCH", open(), FIRST).statusCode()).isEqualTo(405);
    }

    @Test
    void aMountThatCannotBeOpensAnUploadAndCountsAsOne() throws Exception {
        var unknown = client.send("POST", "/v2/b/blobs/uploads/?from=a&mount=" + BLOB_DIGEST);
        assertThat(unknown.statusCode()).isEqualTo(202);
        client.upload("a", BLOB);
        restart(options().without(Feature.MOUNTS));
        var refused = client.send("POST", "/v2/b/blobs/uploads/?from=a&mount=" + BLOB_DIGEST);
        assertThat(refused.statusCode()).isEqualTo(202);
        assertThat(registry.counts()).isEqualTo(Counts.none().and(Kind.POST_UPLOAD, 1));
    }

    @Test
    void aMountFromAnywhereNeedsTheFeature() throws Exception {
        client.upload("a", BLOB);
        assertThat(client.send("POST", "/v2/b/blobs/uploads/?mount=" + BLOB_DIGEST)
                        .statusCode())
                .isEqualTo(201);
        restart(options().without(Feature.MOUNTS_FROM_ANYWHERE));
        assertThat(client.send("POST", "/v2/c/blobs/uploads/?mount=" + BLOB_DIGEST)
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void theSameBlobMayComeManyTimesAtOnce() throws Exception {
        byte[] big = new byte[200_000];
        Callable<Integer> push = () -> client.upload("a", big).statusCode();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = threads.invokeAll(List.of(push, push, push, push, push, push, push, push));
            for (var one : all) {
                assertThat(one.get()).isEqualTo(201);
            }
        }
        assertThat(client.get("/v2/a/blobs/" + Digest.sha256(big)).body()).isEqualTo(big);
        assertThat(registry.audit()).isEmpty();
        assertThat(unfinishedFiles()).isZero();
    }

    private static boolean broken(Callable<?> request) throws Exception {
        try {
            request.call();
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
