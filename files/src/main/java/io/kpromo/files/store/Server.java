// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// A server that speaks like a cloud's, where a bucket is looked for instead of in the cloud: the `endpoint` of a
/// filestore, or what variables name. Two that are the same are equal, however they were written.
///
/// @param plain whether it was named by plain HTTP, which whoever wrote so wants
/// @param host with its port, but for 443 of `https`
/// @param path above all buckets, from its first slash; empty, or without a slash at its end
public record Server(boolean plain, Host host, String path) {
    /// What an address has to be, for messages; they do not show it, for it may hold a password.
    public static final String WANTED = "http:// or https://, a host, and a path at most";

    /// Reads `https://minio.example:9000`.
    ///
    /// @return empty where it is not [#WANTED]
    public static Optional<Server> parse(String address) {
        try {
            URI uri = new URI(address.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            boolean more = uri.getRawQuery() != null || uri.getRawFragment() != null;
            return web && !more && uri.getRawAuthority() != null
                    ? Optional.of(of(uri, scheme.equals("http")))
                    : Optional.empty();
        } catch (URISyntaxException | InvalidNameException e) {
            return Optional.empty();
        }
    }

    /// A host has no `@`, so nothing that signs in can hide in it.
    private static Server of(URI uri, boolean plain) {
        Host host = new Host(uri.getRawAuthority());
        if (!plain && host.port(443) == 443) {
            host = new Host(host.name().replaceFirst(":443$", ""));
        } else if (plain && host.port(-1) < 0) {
            host = new Host(host.name() + ":80");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return new Server(plain, host, path.replaceAll("/+$", ""));
    }

    /// Its host and path, as messages tell one server from another.
    String place() {
        return host + path;
    }

    @Override
    public String toString() {
        return (plain ? "http://" : "https://") + place();
    }
}
