// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.http.Body;
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

/// Sends a part of a blob.
record PatchUpload(Upload upload, long offset, Body part) implements Call<Upload> {
    @Override
    public Request request() {
        return new Request(
                upload.into().host(),
                Method.PATCH,
                upload.location(),
                Map.of("Content-Type", MediaTypes.OCTETS, "Content-Range", offset + "-" + (offset + part.length() - 1)),
                Optional.of(part),
                Kind.PATCH_UPLOAD,
                List.of(Scope.push(upload.into())),
                "upload part of blob " + upload.into().at(upload.blob()));
    }

    /// Quirk ECR, 2023 and 2026 (regclient#81, aws/containers-roadmap#2831): a part is answered with 201, and
    /// `Range` stays at the first part though all are kept. Any 2xx is taken, and our own count is trusted.
    @Override
    public Upload read(Response response) throws IOException {
        return upload.movedBy(response);
    }
}
