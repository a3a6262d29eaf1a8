// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import static io.kpromo.registry.Client.header;
import static io.kpromo.registry.RawConnection.answerTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.http.Kind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class HttpTest extends RegistryTest {
    private static final String PING = "GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String LAST = "GET /v2/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    @Test
    void requestsThatComeTogetherAreAnsweredInOrderOnOneConnection() throws Exception {
        String answers = answerTo(registry, PING + "HEAD /v2/ HTTP/1.1\r\nHost: x\r\n\r\n" + LAST);
        assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(4);
        assertThat(answers).endsWith("{}");
        assertThat(registry.traffic().connections()).isEqualTo(1);
        assertThat(registry.counts()).isEqualTo(Counts.none().and(Kind.PING, 3));
    }

    @Test
    void aBodyMayComeInChunks() throws Exception {
        String post = "POST /v2/a/blobs/uploads/?digest=" + BLOB_DIGEST
                + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "4\r\n0123\r\n6;name=value\r\n456789\r\n0\r\nTrailer: x\r\n\r\n";
        assertThat(answerTo(registry, post + LAST)).startsWith("HTTP/1.1 201 ").contains("HTTP/1.1 200 ");
        assertThat(client.get("/v2/a/blobs/" + BLOB_DIGEST).body()).isEqualTo(BLOB);
    }

    @Test
    void aSenderThatWaitsIsToldToContinueOnlyWhenItsBodyIsWanted() throws Exception {
        String head = " HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n";
        try (RawConnection wanted = new RawConnection(registry)) {
            wanted.write("POST /v2/a/blobs/uploads/?digest=" + BLOB_DIGEST + head);
            assertThat(wanted.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            wanted.write("0123456789");
            assertThat(wanted.head()).startsWith("HTTP/1.1 201 ");
        }
        try (RawConnection unwanted = new RawConnection(registry)) {
            unwanted.write("PUT /v2/a/blobs/uploads/none?digest=" + BLOB_DIGEST + head);
            assertThat(unwanted.rest()).startsWith("HTTP/1.1 404 ").contains("Connection: close");
        }
    }

    @Test
    void whatTwoProgramsCouldReadInTwoWaysIsRefused() throws Exception {
        for (String head : new String[] {
            "GET /v2/ HTTP/1.1\r\n\r\n", // no Host
            "GET /v2/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET /v2/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "GET /v2/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET /v2/ HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "GET /v2/ HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET /v2/ HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
            "GET /v2/ HTTP/1.1\nHost: a\n\n",
            "GET  /v2/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /v2/%zz/tags/list?n=%zz HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /v2/a/blobs/uploads/?digest=" + BLOB_DIGEST
                    + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        }) {
            assertThat(answerTo(registry, head)).as(head).startsWith("HTTP/1.1 400 ");
        }
        assertThat(answerTo(registry, "GET /v2/ HTTP/2.0\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 505 ");
        assertThat(answerTo(registry, "GET /v2/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n"))
                .startsWith("HTTP/1.1 501 ");
    }

    @Test
    void headsAreBounded() throws Exception {
        String long1 = "GET /v2/ HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
        assertThat(answerTo(registry, long1)).startsWith("HTTP/1.1 431 ");
        String many = "GET /v2/ HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(200) + "\r\n";
        assertThat(answerTo(registry, many)).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void aPartOfABlobIsGivenWhereARangeAsksForIt() throws Exception {
        client.upload("a", BLOB);
        String target = "/v2/a/blobs/" + BLOB_DIGEST;
        assertPart(target, "bytes=2-4", 2, 5);
        assertPart(target, "bytes=7-", 7, 10);
        assertPart(target, "bytes=-3", 7, 10);
        assertPart(target, "bytes=5-99", 5, 10);
        var beyond = client.get(target, "Range", "bytes=10-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */10");
        assertThat(client.get(target, "Range", "bytes=0-1,3-4").statusCode()).isEqualTo(200);
        assertThat(client.get(target, "Range", "bytes=4-2").statusCode()).isEqualTo(416);
        assertThat(registry.reads(BLOB_DIGEST)).isEqualTo(7);
        restart(options().without(Feature.RANGES));
        assertThat(client.get(target, "Range", "bytes=2-4").body()).isEqualTo(BLOB);
    }

    private void assertPart(String target, String range, int from, int to) throws Exception {
        var part = client.get(target, "Range", range);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(header(part, "Content-Range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/10");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(BLOB, from, to));
    }

    @Test
    void trafficIsCountedInBytesOfBodies() throws Exception {
        client.upload("a", BLOB);
        client.get("/v2/a/blobs/" + BLOB_DIGEST);
        client.send("HEAD", "/v2/a/blobs/" + BLOB_DIGEST);
        assertThat(registry.traffic().bytesReceived()).isEqualTo(10);
        assertThat(registry.traffic().bytesSent()).isEqualTo(10);
        assertThat(registry.traffic().mostAtOnce()).isEqualTo(1);
        assertThat(registry.requests())
                .extracting(Exchange::method, Exchange::status, Exchange::bytesReceived, Exchange::bytesSent)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("POST", 202, 0L, 0L),
                        org.assertj.core.groups.Tuple.tuple("PUT", 201, 10L, 0L),
                        org.assertj.core.groups.Tuple.tuple("GET", 200, 0L, 10L),
                        org.assertj.core.groups.Tuple.tuple("HEAD", 200, 0L, 0L));
    }

    @Test
    void whatIsNoEndpointOrNoMethodOfOneIsSaidSo() throws Exception {
        assertThat(client.get("/").statusCode()).isEqualTo(404);
        assertThat(client.get("/v2/a/nothing/here").statusCode()).isEqualTo(404);
        assertThat(client.send("DELETE", "/v2/_catalog").statusCode()).isEqualTo(405);
        assertThat(registry.counts().total()).isZero();
    }
}
