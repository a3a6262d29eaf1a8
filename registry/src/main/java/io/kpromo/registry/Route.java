// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import java.util.Locale;

/// What a path names. Distribution-spec 1.1, "Endpoints".
///
/// @param repository empty where the endpoint has none
/// @param reference a tag, a digest or an upload, empty where the endpoint has none
record Route(Endpoint endpoint, String repository, String reference) {
    enum Endpoint {
        BASE,
        TOKEN,
        CATALOGUE,
        TAGS,
        MANIFEST,
        BLOB,
        UPLOADS,
        UPLOAD,
        REFERRERS,
        NONE
    }

    private static final String PREFIX = "/v2/";
    private static final Route NOWHERE = new Route(Endpoint.NONE, "", "");

    /// Reads a path from its end, for a repository may be called `blobs` or `tags/list`. The one escape that is
    /// understood is the colon's: names need no other, and an escaped slash or dot is an attempt to get out.
    static Route of(String path) {
        if (path.equals("/v2") || path.equals(PREFIX)) {
            return new Route(Endpoint.BASE, "", "");
        }
        if (path.equals("/token")) {
            return new Route(Endpoint.TOKEN, "", "");
        }
        if (path.equals("/v2/_catalog")) {
            return new Route(Endpoint.CATALOGUE, "", "");
        }
        if (!path.startsWith(PREFIX)) {
            return NOWHERE;
        }
        if (path.equals("/v2/tags/list")) {
            return new Route(Endpoint.TAGS, "", "");
        }
        int last = path.lastIndexOf('/');
        String reference = path.substring(last + 1);
        String rest = path.substring(0, last);
        if (reference.indexOf('%') >= 0) {
            reference = reference.toLowerCase(Locale.ROOT).replace("%3a", ":");
        }
        return of(rest, reference);
    }

    private static Route of(String rest, String reference) {
        if (rest.endsWith("/tags") && reference.equals("list")) {
            return at(Endpoint.TAGS, rest, "/tags", "");
        }
        if (rest.endsWith("/manifests")) {
            return at(Endpoint.MANIFEST, rest, "/manifests", reference);
        }
        if (rest.endsWith("/referrers")) {
            return at(Endpoint.REFERRERS, rest, "/referrers", reference);
        }
        if (rest.endsWith("/blobs/uploads")) {
            return at(reference.isEmpty() ? Endpoint.UPLOADS : Endpoint.UPLOAD, rest, "/blobs/uploads", reference);
        }
        if (rest.endsWith("/blobs")) {
            return reference.equals("uploads")
                    ? at(Endpoint.UPLOADS, rest, "/blobs", "")
                    : at(Endpoint.BLOB, rest, "/blobs", reference);
        }
        return NOWHERE;
    }

    private static Route at(Endpoint endpoint, String rest, String suffix, String reference) {
        int end = rest.length() - suffix.length();
        return end <= PREFIX.length() ? NOWHERE : new Route(endpoint, rest.substring(PREFIX.length(), end), reference);
    }
}
