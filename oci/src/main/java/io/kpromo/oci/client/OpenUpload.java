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

/// Opens an upload, or mounts.
///
/// @param from the repository that is said to hold the blob
record OpenUpload(Repository into, Digest blob, Optional<Repository> from) implements Call<Opened> {
    static OpenUpload mount(Repository into, Digest blob, Repository from) {
        return new OpenUpload(into, blob, Optional.of(from));
    }

    /// A mount from the repository itself: a host that kept the blob from a run that died says so, and any other
    /// opens the upload as if nothing had been asked.
    static OpenUpload claim(Repository into, Digest blob) {
        return new OpenUpload(into, blob, Optional.of(into));
    }

    static OpenUpload plain(Repository into, Digest blob) {
        return new OpenUpload(into, blob, Optional.empty());
    }

    @Override
    public Request request() {
        boolean mount = from.isPresent() && !from.get().equals(into);
        Request request = Request.of(
                        into.host(),
                        Method.POST,
                        "/v2/" + into.path() + "/blobs/uploads/"
                                + from.map(holder -> "?mount=" + blob + "&from=" + holder.path())
                                        .orElse(""),
                        mount ? Kind.MOUNT : Kind.POST_UPLOAD,
                        Scope.push(into),
                        mount ? "mount blob " + into.at(blob) : "open upload of " + into.at(blob))
                .with(Body.of(new byte[0]));
        return mount ? request.with(Scope.pull(from.get())) : request;
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
