// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.oci.auth.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Against the examples of the Amazon S3 API Reference, "Signature Calculations for the Authorization Header".
class Signature4Test {
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final AccessKeys keys = new AccessKeys(
            "AKIAIOSFODNN7EXAMPLE",
            Secret.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            Optional.empty(),
            Optional.empty());
    private final Signature4 signature = new Signature4(keys, "us-east-1", "s3");

    private String of(String method, String path, String query, Map<String, String> more) {
        TreeMap<String, String> headers = new TreeMap<>(more);
        headers.put("host", "examplebucket.s3.amazonaws.com");
        headers.putIfAbsent("x-amz-date", "20130524T000000Z");
        headers.putIfAbsent("x-amz-content-sha256", EMPTY);
        return signature.of(new Signature4.Signed(method, path, query, headers));
    }

    @Test
    void anObjectIsAskedFor() {
        assertThat(of("GET", "/test.txt", "", Map.of("range", "bytes=0-9")))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + " SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + " Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void anObjectIsPut() {
        assertThat(of(
                        "PUT",
                        "/test%24file.text",
                        "",
                        Map.of(
                                "date", "Fri, 24 May 2013 00:00:00 GMT",
                                "x-amz-storage-class", "REDUCED_REDUNDANCY",
                                "x-amz-content-sha256",
                                        "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072")))
                .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void eachDayHasAKeyOfItsOwn() {
        String first = of("GET", "/", "", Map.of());
        String next = of("GET", "/", "", Map.of("x-amz-date", "20130525T000000Z"));

        assertThat(next).contains("/20130525/us-east-1/").doesNotContain(signatureIn(first));
        assertThat(of("GET", "/", "", Map.of())).isEqualTo(first);
    }

    @Test
    void spacesInValuesCountAsOne() {
        assertThat(signatureIn(of("GET", "/", "", Map.of("x-amz-meta-a", " b   c "))))
                .isEqualTo(signatureIn(of("GET", "/", "", Map.of("x-amz-meta-a", "b c"))));
    }

    private static String signatureIn(String header) {
        return header.substring(header.indexOf("Signature="));
    }

    @Test
    void aQueryIsSignedToo() {
        assertThat(of("GET", "/", "lifecycle=", Map.of()))
                .endsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
        assertThat(of("GET", "/", "max-keys=2&prefix=J", Map.of()))
                .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void nothingShowsTheSecret() {
        assertThat("" + keys).doesNotContain("wJalr");
    }
}
