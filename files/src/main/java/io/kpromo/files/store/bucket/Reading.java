// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.bucket;

import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.http.Response;
import java.io.IOException;
import java.util.function.Function;

/// One file on its way out of a bucket: asked for from where the intake stands, and held against what was seen.
///
/// @param url for messages
public record Reading(String url, StoredFile seen, BlobIntake into) {
    /// @param build is given the value of header `Range`, empty where all of it is wanted
    public <R> R asksForRest(Function<String, R> build) {
        return build.apply(into.offset() == 0 ? "" : "bytes=" + into.offset() + "-");
    }

    /// Takes the bytes of an answer, all of the file or its rest.
    ///
    /// @throws StoreException when the answer is of another length than the file was seen with
    public boolean take(Response response) throws IOException, InterruptedException {
        long from = response.status() == 206 ? start(response) : 0;
        long skip = into.offset() - from;
        if (skip < 0) {
            throw new IOException("asked for bytes from " + into.offset() + ", the store sent those from " + from);
        }
        String length = response.header("Content-Length").orElse("");
        if (!length.isEmpty() && !length.equals(Long.toString(seen.size() - from))) {
            throw changed("the answer has " + length + " bytes rather than " + (seen.size() - from));
        }
        // A store without ranges sends everything again: what was taken already is passed over.
        response.body().skipNBytes(skip);
        into.take(response.body());
        return true;
    }

    /// What is there is not what was seen.
    public StoreException changed(String how) {
        return new StoreException("read " + url + ": it changed since it was looked up (" + how + ")");
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
            throw new IOException("the store sent a part without saying which: \"" + range + "\"", e);
        }
        throw new IOException("the store sent a part without saying which: \"" + range + "\"");
    }
}
