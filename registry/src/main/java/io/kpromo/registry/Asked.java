// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Reference;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.http.HttpRequest;
import java.util.Optional;

/// A request as a registry understands it.
record Asked(HttpRequest http, Route route, Optional<Kind> kind) {
    static Asked of(HttpRequest http) {
        Route route = Route.of(http.path());
        return new Asked(http, route, kind(http, route));
    }

    Asked with(HttpRequest other) {
        return new Asked(other, route, kind);
    }

    String method() {
        return http.method();
    }

    Optional<String> query(String name) {
        return http.query().first(name);
    }

    Digest digest() {
        return digest(route.reference());
    }

    static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (InvalidNameException e) {
            throw ErrorCode.DIGEST_INVALID.because(String.valueOf(e.getMessage()));
        }
    }

    Reference reference() {
        try {
            return Reference.parse(route.reference());
        } catch (InvalidNameException e) {
            throw (e.kind().equals("digest") ? ErrorCode.DIGEST_INVALID : ErrorCode.MANIFEST_INVALID)
                    .because(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Kind> kind(HttpRequest http, Route route) {
        String method = http.method();
        Kind kind = switch (route.endpoint()) {
            case BASE -> method.equals("GET") || method.equals("HEAD") ? Kind.PING : null;
            case TOKEN -> Kind.TOKEN;
            case CATALOGUE -> method.equals("GET") ? Kind.CATALOGUE : null;
            case TAGS -> method.equals("GET") ? Kind.LIST_TAGS : null;
            case REFERRERS -> method.equals("GET") ? Kind.REFERRERS : null;
            case MANIFEST ->
                switch (method) {
                    case "HEAD" -> Kind.HEAD_MANIFEST;
                    case "GET" -> Kind.GET_MANIFEST;
                    case "PUT" -> route.reference().indexOf(':') >= 0 ? Kind.PUT_MANIFEST : Kind.PUT_TAG;
                    case "DELETE" -> Kind.DELETE_MANIFEST;
                    default -> null;
                };
            case BLOB ->
                switch (method) {
                    case "HEAD" -> Kind.HEAD_BLOB;
                    case "GET" -> Kind.GET_BLOB;
                    case "DELETE" -> Kind.DELETE_BLOB;
                    default -> null;
                };
            case UPLOADS -> method.equals("POST") ? (http.query().has("mount") ? Kind.MOUNT : Kind.POST_UPLOAD) : null;
            case UPLOAD ->
                switch (method) {
                    case "PATCH" -> Kind.PATCH_UPLOAD;
                    case "PUT" -> Kind.PUT_BLOB;
                    case "GET" -> Kind.UPLOAD_STATUS;
                    case "DELETE" -> Kind.CANCEL_UPLOAD;
                    default -> null;
                };
            case NONE -> null;
        };
        return Optional.ofNullable(kind);
    }
}
