// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestKindTest {
    @ParameterizedTest
    @CsvSource({
        "GET, /v2/, PING",
        "HEAD, /v2/a/b/manifests/latest, HEAD_TAG",
        "HEAD, /v2/a/b/manifests/sha256:00, HEAD_MANIFEST",
        "PUT, /v2/manifests/manifests/1.0, PUT_TAG",
        "PUT, /v2/a/manifests/sha256:00, PUT_MANIFEST",
        "PUT, /v2/a/manifests/sha256:00?tag=1.0, PUT_MANIFEST",
        "GET, /v2/a/tags/list?n=100, LIST_TAGS",
        "HEAD, /v2/a/blobs/sha256:00, HEAD_BLOB",
        "POST, /v2/a/blobs/uploads/, POST_UPLOAD",
        "POST, /v2/a/blobs/uploads/?digest=sha256:00, POST_BLOB",
        "POST, /v2/a/blobs/uploads/?mount=sha256:00&from=b, MOUNT",
        "PATCH, /v2/a/blobs/uploads/1234?_state=x, PATCH_UPLOAD",
        "PUT, /v2/a/blobs/uploads/1234?_state=x&digest=sha256:00, PUT_BLOB",
        "GET, /v2/_catalog, OTHER",
        "GET, /token?service=x, OTHER"
    })
    void aRequestIsKnownByItsMethodAndPath(String method, String target, RequestKind kind) {
        assertThat(RequestKind.of(method, target)).isEqualTo(kind);
    }
}
