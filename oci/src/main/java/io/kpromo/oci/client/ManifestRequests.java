// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.ImageReference;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Scope;

/// The shape that all requests for manifests share.
final class ManifestRequests {
    static final String ACCEPT = String.join(", ", MediaTypes.MANIFESTS);

    private ManifestRequests() {}

    static Request of(Method method, ImageReference reference, Kind kind, Scope scope, String verb) {
        return Request.of(
                reference.repository().host(),
                method,
                "/v2/" + reference.repository().path() + "/manifests/" + reference.reference(),
                kind,
                scope,
                verb + " " + reference);
    }
}
