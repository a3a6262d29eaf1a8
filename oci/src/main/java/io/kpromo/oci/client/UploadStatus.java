// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.client.Uploads.Received;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks how much of an upload the host has kept.
record UploadStatus(Upload upload) implements Call<Optional<Received>> {
    @Override
    public Request request() {
        return new Request(
                upload.into().host(),
                Method.GET,
                upload.location(),
                Map.of(),
                Optional.empty(),
                Kind.UPLOAD_STATUS,
                List.of(Scope.push(upload.into())),
                "ask for the state of the upload of " + upload.into().at(upload.blob()));
    }

    @Override
    public boolean expects(int status) {
        return (status >= 200 && status < 300) || (status >= 400 && status < 500 && status != 408 && status != 429);
    }

    @Override
    public Optional<Received> read(Response response) throws IOException {
        if (response.status() >= 400) {
            return Optional.empty();
        }
        String range = response.header("Range").orElse("");
        int dash = range.indexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        try {
            long last = Long.parseLong(range.substring(dash + 1).strip());
            if (last < 0) {
                return Optional.empty();
            }
            // An upload without a byte is written 0-0 by some hosts, which could as well be one byte: from the start.
            return Optional.of(new Received(upload.movedBy(response), last == 0 ? 0 : last + 1));
        } catch (NumberFormatException e) {
            throw new IOException("the registry's range is no range: \"" + range + "\"", e);
        }
    }
}
