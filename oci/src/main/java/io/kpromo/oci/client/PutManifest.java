// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.ImageReference;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Tag;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Scope;

/// Writes a manifest. Doing it twice is doing it once. The answer is whether the registry will list it as a
/// referrer of its subject (distribution-spec 1.1, "Pushing Manifests with Subject").
record PutManifest(ImageReference reference, RawManifest manifest) implements Call<Boolean> {
    @Override
    public Request request() {
        boolean tag = reference.reference() instanceof Tag;
        return ManifestRequests.of(
                        Method.PUT,
                        reference,
                        tag ? Kind.PUT_TAG : Kind.PUT_MANIFEST,
                        Scope.push(reference.repository()),
                        tag ? "write tag" : "write manifest")
                .with("Content-Type", manifest.mediaType())
                .with(Body.of(manifest.bytes()));
    }

    @Override
    public Boolean read(Response response) {
        String said = response.header("Docker-Content-Digest")
                .map(String::strip)
                .orElse(manifest.digest().toString());
        if (!said.equals(manifest.digest().toString())) {
            throw new OciException("write " + reference + ": the registry stored " + said + " instead of "
                    + manifest.digest() + "; it changes manifests and can't hold exact copies");
        }
        return response.header("OCI-Subject").isPresent();
    }
}
