// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.oci.Host;
import io.kpromo.oci.Repository;

/// What a manifest calls a registry: a host and, below it, a path that stands before every image's name.
///
/// @param path empty, or a repository path without slashes at its ends
public record RegistryName(Host host, String path) implements Comparable<RegistryName> {
    /// Reads `host` or `host/path`; slashes at the end are dropped.
    ///
    /// @throws io.kpromo.oci.InvalidNameException when either part breaks the grammar
    public static RegistryName parse(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        String name = text.substring(0, end);
        int slash = name.indexOf('/');
        if (slash < 0) {
            return new RegistryName(new Host(name), "");
        }
        Repository repository = Repository.parse(name);
        return new RegistryName(repository.host(), repository.path());
    }

    /// Where this registry holds an image.
    ///
    /// @throws io.kpromo.oci.InvalidNameException when path and image together break the grammar
    public Repository repository(String image) {
        return new Repository(host, path.isEmpty() ? image : path + "/" + image);
    }

    /// Whether this name is `other` or stands above it, whole path components compared.
    public boolean holds(RegistryName other) {
        return host.equals(other.host) && isAbove(other.path);
    }

    /// Whether a repository lies below this name, whole path components compared.
    public boolean holds(Repository repository) {
        return host.equals(repository.host()) && isAbove(repository.path());
    }

    private boolean isAbove(String other) {
        return path.isEmpty() || other.equals(path) || (other.startsWith(path) && other.charAt(path.length()) == '/');
    }

    @Override
    public int compareTo(RegistryName other) {
        int byHost = host.compareTo(other.host);
        return byHost != 0 ? byHost : path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? host.name() : host.name() + "/" + path;
    }
}
