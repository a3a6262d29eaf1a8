// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import io.kpromo.files.FileName;
import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where the files of a store begin.
///
/// @param scheme the kind of store
/// @param bucket or the registry of `oci://`; empty for folders
/// @param path below it, without slashes at its ends; of a folder the path itself, with its first slash. May be
///     empty, but for `oci://` and folders
/// @param server that has the bucket, where it is another than the cloud's, or than the variables name
public record Base(Scheme scheme, String bucket, String path, Optional<Server> server) {
    /// What clouds allow, and servers that speak like them: a question mark or a space is a mistake in writing.
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,220}[A-Za-z0-9])?");

    public Base(Scheme scheme, String bucket, String path) {
        this(scheme, bucket, path, Optional.empty());
    }

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
        if (scheme != Scheme.OCI && !BUCKET.matcher(bucket).matches()) {
            throw invalid(text, "a bucket of letters, digits, dots, hyphens and underscores");
        }
        if (scheme == Scheme.OCI) {
            checkedRegistry(text, bucket, path);
        }
        if (!path.isEmpty()) {
            checked(text, path);
        }
        return new Base(scheme, bucket, path);
    }

    private static void checkedRegistry(String text, String registry, String path) {
        try {
            new Host(registry);
        } catch (InvalidNameException e) {
            throw invalid(text, "a registry: " + e.wanted());
        }
        if (path.isEmpty()) {
            throw invalid(text, "a registry and a repository below it");
        }
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

    /// The same bucket and path on some server.
    public Base at(Server other) {
        return new Base(scheme, bucket, path, Optional.of(other));
    }

    /// The whole name of a file in its bucket: `path/linux/amd64/kubectl`.
    public String key(FileName name) {
        return path.isEmpty() ? name.text() : path + "/" + name.text();
    }

    /// A file without the server that has it: `gs://bucket/path/linux/amd64/kubectl`.
    public String uri(FileName name) {
        return uri() + "/" + name.text();
    }

    private String uri() {
        return scheme.prefix() + bucket + (path.isEmpty() || scheme == Scheme.FILE ? path : "/" + path);
    }

    /// As plans and messages name a file: its URI, and the server where a manifest names one, for two of them may
    /// have buckets of the same name: `s3://bucket/path/kubectl (minio.example:9000)`.
    public String url(FileName name) {
        return uri(name) + onServer();
    }

    /// As messages name what lies under a key of the bucket.
    public String urlOf(String key) {
        return scheme.prefix() + bucket + "/" + key + onServer();
    }

    private String onServer() {
        return server.map(one -> " (" + one.place() + ")").orElse("");
    }

    @Override
    public String toString() {
        return uri() + onServer();
    }
}
