// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Uploads.Opened;
import io.kpromo.oci.http.Response;
import java.io.IOException;
import java.net.URI;

/// An upload that a host has opened.
///
/// @param into the repository
/// @param blob what it will be
/// @param location where the host wants the bytes: a path on it, or an absolute address
public record Upload(Repository into, Digest blob, URI location) {
    /// The same upload where the answer says it goes on.
    Upload movedBy(Response response) throws IOException {
        return response.header("Location").isEmpty() ? this : opened(into, blob, response, location);
    }

    /// What a host did with the request that opens an upload: 201 where it holds the blob now, 202 where it waits.
    static Opened answered(Repository into, Digest blob, Response response, URI asked) throws IOException {
        return response.status() == 201 ? new Opened.Mounted() : new Opened.Open(opened(into, blob, response, asked));
    }

    private static Upload opened(Repository into, Digest blob, Response response, URI asked) throws IOException {
        String location = response.header("Location").orElse("");
        if (location.isEmpty()) {
            throw new IOException("the registry opened an upload without saying where (no Location)");
        }
        try {
            return new Upload(into, blob, asked.resolve(location));
        } catch (IllegalArgumentException e) {
            throw new IOException("the registry opened an upload at what is no address", e);
        }
    }

    /// The location with one more parameter, which keeps those that the host put there as they are.
    URI with(String parameter, String value) {
        String text = location.toString();
        return URI.create(text + (location.getRawQuery() == null ? "?" : "&") + parameter + "=" + value);
    }
}
