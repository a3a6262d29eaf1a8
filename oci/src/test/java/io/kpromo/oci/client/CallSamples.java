// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// What requests and answers are about in tests of calls.
final class CallSamples {
    static final byte[] BYTES = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);
    static final Digest DIGEST = Digest.sha256(BYTES);
    static final Digest OTHER = Digest.sha256(new byte[0]);
    static final Repository REPOSITORY = Repository.parse("a.example:5000/kube/pause");
    static final Repository ELSEWHERE = Repository.parse("a.example:5000/kube/other");
    static final ImageReference BY_TAG = REPOSITORY.at(new Tag("3.10"));
    static final ImageReference BY_DIGEST = REPOSITORY.at(DIGEST);
    static final Upload UPLOAD =
            new Upload(REPOSITORY, DIGEST, URI.create("/v2/kube/pause/blobs/uploads/7?_state=a%2Bb"));

    private CallSamples() {}
}
