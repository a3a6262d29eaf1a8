// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives an upload up.
record CancelUpload(Upload upload) implements Call<Boolean> {
    @Override
    public Request request() {
        return new Request(
                upload.into().host(),
                Method.DELETE,
                upload.location(),
                Map.of(),
                Optional.empty(),
                Kind.CANCEL_UPLOAD,
                List.of(Scope.push(upload.into())),
                "cancel the upload of " + upload.into().at(upload.blob()));
    }

    @Override
    public Boolean read(Response response) {
        return true;
    }
}
