// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Digest;
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
import java.util.Optional;

/// Opens an upload, or mounts. With no other repository to mount from, the repository itself is named: a host
/// that kept the blob from a run that died says so, and any other opens the upload as if nothing had been asked.
record OpenUpload(Repository into, Digest blob, Optional<Repository> from) implements Call<Opened> {
    @Override
    public Request request() {
        Repository holder = from.orElse(into);
        Request request = Request.of(
                        into.host(),
                        Method.POST,
                        "/v2/" + into.path() + "/blobs/uploads/?mount=" + blob + "&from=" + holder.path(),
                        from.isPresent() ? Kind.MOUNT : Kind.POST_UPLOAD,
                        Scope.push(into),
                        from.map(other -> "mount blob " + blob + " from " + other + " into " + into)
                                .orElse("open upload of " + into.at(blob)))
                .with(Body.of(new byte[0]));
        return from.isPresent() ? request.with(Scope.pull(holder)) : request;
    }

    @Override
    public boolean expects(int status) {
        return status == 201 || status == 202;
    }

    @Override
    public Opened read(Response response) throws IOException {
        return response.status() == 201
                ? new Opened.Mounted()
                : new Opened.Open(Upload.opened(into, blob, response, request().target()));
    }
}
