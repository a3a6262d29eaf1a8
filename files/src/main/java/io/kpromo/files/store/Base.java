// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import io.kpromo.files.FileName;
import io.kpromo.oci.InvalidNameException;

/// Where the files of a store begin.
///
/// @param scheme the kind of store
/// @param bucket or the registry of `oci://`; empty for folders
/// @param path below it, without slashes at its ends; of a folder the path itself, with its first slash. May be
///     empty, but for `oci://` and folders
public record Base(Scheme scheme, String bucket, String path) {
    /// Reads `gs://bucket/path`, `s3://bucket`, `file:///folder` or `oci://registry/path`; a slash at the end is
    /// dropped.
    ///
    /// @throws InvalidNameException when it is none of them, or has parts that lead elsewhere
    public static Base parse(String text) {
        for (Scheme scheme : Scheme.values()) {
            if (scheme.isNamed() && text.startsWith(scheme.prefix())) {
                return parse(scheme, text, text.substring(scheme.prefix().length()));
            }
        }
        throw invalid(text, "gs://, s3://, file:// or oci://, and a place");
    }

    private static Base parse(Scheme scheme, String text, String rest) {
        String trimmed = rest.replaceFirst("/+$", "");
        if (scheme == Scheme.FILE) {
            if (!trimmed.startsWith("/")) {
                throw invalid(text, "the whole path of a folder: file:///path/of/folder");
            }
            checked(text, trimmed.substring(1));
            return new Base(scheme, "", trimmed);
        }
        int slash = trimmed.indexOf('/');
        String bucket = slash < 0 ? trimmed : trimmed.substring(0, slash);
        String path = slash < 0 ? "" : trimmed.substring(slash + 1);
        if (bucket.isEmpty()) {
            throw invalid(text, scheme.prefix() + " and a bucket or registry");
        }
        if (scheme == Scheme.OCI && path.isEmpty()) {
            throw invalid(text, "a registry and a repository below it");
        }
        if (!path.isEmpty()) {
            checked(text, path);
        }
        return new Base(scheme, bucket, path);
    }

    private static void checked(String text, String path) {
        try {
            new FileName(path);
        } catch (InvalidNameException e) {
            throw invalid(text, "a path of " + e.wanted());
        }
    }

    private static InvalidNameException invalid(String text, String wanted) {
        return new InvalidNameException("base", text, wanted);
    }

    /// The whole name of a file in its bucket: `path/linux/amd64/kubectl`.
    public String key(FileName name) {
        return path.isEmpty() ? name.text() : path + "/" + name.text();
    }

    /// As plans and messages name a file: `gs://bucket/path/linux/amd64/kubectl`.
    public String url(FileName name) {
        return this + "/" + name.text();
    }

    @Override
    public String toString() {
        return scheme.prefix() + bucket + (path.isEmpty() || scheme == Scheme.FILE ? path : "/" + path);
    }
}
