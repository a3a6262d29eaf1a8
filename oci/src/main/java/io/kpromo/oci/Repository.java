// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

/// A repository on a registry: `gcr.io/project/image`. Distribution-spec 1.1, `<name>`.
///
/// @param host the registry
/// @param path lower-case components between slashes, at most 255 characters
public record Repository(Host host, String path) implements Comparable<Repository> {
    public Repository {
        if (!Grammar.isRepositoryPath(path)) {
            throw new InvalidNameException(
                    "repository name", path, "lower-case letters and digits, parts joined by . _ __ - and /");
        }
    }

    /// Reads `host/path`. A first part counts as a host when it holds a dot or a colon or is `localhost`; there
    /// is no default registry.
    ///
    /// @throws InvalidNameException when the host is missing or either part breaks the grammar
    public static Repository parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || !Grammar.looksLikeHost(text.substring(0, slash))) {
            throw new InvalidNameException("repository", text, "a registry host, a slash and a name");
        }
        return new Repository(new Host(text.substring(0, slash)), text.substring(slash + 1));
    }

    /// The repository below this one, or this one where `more` is empty.
    public Repository resolve(String more) {
        return more.isEmpty() ? this : new Repository(host, path + "/" + more);
    }

    public ImageReference at(Reference reference) {
        return new ImageReference(this, reference);
    }

    @Override
    public int compareTo(Repository other) {
        int byHost = host.compareTo(other.host);
        return byHost != 0 ? byHost : path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return host.name() + "/" + path;
    }
}
