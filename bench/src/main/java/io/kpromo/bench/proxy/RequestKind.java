// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a request asks for, told by its method and path alone: one yardstick for every program.
/// Distribution-spec 1.1, "Endpoints".
public enum RequestKind {
    PING,
    HEAD_TAG,
    HEAD_MANIFEST,
    GET_TAG,
    GET_MANIFEST,
    PUT_TAG,
    PUT_MANIFEST,
    LIST_TAGS,
    HEAD_BLOB,
    GET_BLOB,
    /// Opens an upload.
    POST_UPLOAD,
    /// Offers a blob with the very first request.
    POST_BLOB,
    MOUNT,
    PATCH_UPLOAD,
    PUT_BLOB,
    OTHER;

    private static final Pattern PATH = Pattern.compile(
            "/v2/[a-z0-9/._-]+?/(?:(?<what>manifests|blobs|tags)/(?<which>[^/?]+)|blobs/uploads/[^?]*)(?<query>\\?.*)?");

    static RequestKind of(String method, String target) {
        if (target.equals("/v2/") || target.equals("/v2")) {
            return PING;
        }
        Matcher path = PATH.matcher(target);
        if (!path.matches()) {
            return OTHER;
        }
        String what = path.group("what");
        if (what == null || target.contains("/blobs/uploads")) {
            return upload(method, path.group("query") == null ? "" : path.group("query"));
        }
        boolean digest = path.group("which").contains(":");
        return switch (method + " " + what) {
            case "HEAD manifests" -> digest ? HEAD_MANIFEST : HEAD_TAG;
            case "GET manifests" -> digest ? GET_MANIFEST : GET_TAG;
            case "PUT manifests" -> digest ? PUT_MANIFEST : PUT_TAG;
            case "HEAD blobs" -> HEAD_BLOB;
            case "GET blobs" -> GET_BLOB;
            case "GET tags" -> LIST_TAGS;
            default -> OTHER;
        };
    }

    private static RequestKind upload(String method, String query) {
        return switch (method) {
            case "POST" -> query.contains("mount=") ? MOUNT : query.contains("digest=") ? POST_BLOB : POST_UPLOAD;
            case "PATCH" -> PATCH_UPLOAD;
            case "PUT" -> PUT_BLOB;
            default -> OTHER;
        };
    }
}
