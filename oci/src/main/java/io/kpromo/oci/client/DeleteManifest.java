// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.ImageReference;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Scope;

/// Removes a tag or a manifest.
record DeleteManifest(ImageReference reference) implements Call<Boolean> {
    @Override
    public Request request() {
        return ManifestRequests.of(
                Method.DELETE, reference, Kind.DELETE_MANIFEST, Scope.delete(reference.repository()), "delete");
    }

    @Override
    public boolean expects(int status) {
        return (status >= 200 && status < 300) || status == 404;
    }

    @Override
    public Boolean read(Response response) {
        return response.status() != 404;
    }
}
