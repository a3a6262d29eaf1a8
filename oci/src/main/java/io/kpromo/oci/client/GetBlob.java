// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Scope;
import java.io.IOException;

/// Reads a blob, or the rest of it.
record GetBlob(Repository repository, Digest blob, BlobIntake intake) implements Call<Boolean> {
    @Override
    public Request request() {
        Request request = Request.of(
                repository.host(),
                Method.GET,
                "/v2/" + repository.path() + "/blobs/" + blob,
                Kind.GET_BLOB,
                Scope.pull(repository),
                "read blob " + repository.at(blob));
        return intake.offset() == 0 ? request : request.with("Range", "bytes=" + intake.offset() + "-");
    }

    @Override
    public boolean expects(int status) {
        return status == 200 || status == 206;
    }

    @Override
    public Boolean read(Response response) throws IOException, InterruptedException {
        long from = response.status() == 206 ? start(response) : 0;
        long skip = intake.offset() - from;
        if (skip < 0) {
            throw new IOException("asked for bytes from " + intake.offset() + ", the registry sent those from " + from);
        }
        // A host without ranges sends everything again: what was taken already is passed over.
        response.body().skipNBytes(skip);
        intake.take(response.body());
        return true;
    }

    /// The first byte's place in `Content-Range: bytes 500-999/1000`.
    private static long start(Response response) throws IOException {
        String range = response.header("Content-Range").orElse("");
        int dash = range.indexOf('-');
        try {
            if (range.startsWith("bytes ") && dash > 0) {
                return Long.parseLong(range.substring("bytes ".length(), dash).strip());
            }
        } catch (NumberFormatException e) {
            throw new IOException("the registry sent a part without saying which: \"" + range + "\"", e);
        }
        throw new IOException("the registry sent a part without saying which: \"" + range + "\"");
    }
}
