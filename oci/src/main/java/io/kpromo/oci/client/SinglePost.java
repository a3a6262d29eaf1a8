// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Digest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Uploads.Opened;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Scope;
import java.io.IOException;

/// Pushes a blob with a single `POST`; a host that doesn't know that opens an upload instead.
record SinglePost(Repository into, Digest blob, Body whole) implements Call<Opened> {
    @Override
    public Request request() {
        return Request.of(
                        into.host(),
                        Method.POST,
                        "/v2/" + into.path() + "/blobs/uploads/?digest=" + blob,
                        Kind.POST_UPLOAD,
                        Scope.push(into),
                        "upload blob " + into.at(blob))
                .with("Content-Type", MediaTypes.OCTETS)
                .with(whole);
    }

    @Override
    public boolean expects(int status) {
        return status == 201 || status == 202;
    }

    @Override
    public Opened read(Response response) throws IOException {
        return Upload.answered(into, blob, response, request().target());
    }
}
