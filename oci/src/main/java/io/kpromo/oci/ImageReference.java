// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

/// A manifest in a repository, by tag or digest: `gcr.io/project/image:v1`, `gcr.io/project/image@sha256:…`.
///
/// @param repository where
/// @param reference which
public record ImageReference(Repository repository, Reference reference) {
    /// Reads `host/path:tag`, `host/path@digest` or `host/path:tag@digest`; the digest wins over the tag.
    ///
    /// @throws InvalidNameException when a part breaks its grammar or neither tag nor digest is there
    public static ImageReference parse(String text) {
        int at = text.indexOf('@');
        String name = at < 0 ? text : text.substring(0, at);
        int colon = name.lastIndexOf(':');
        boolean tagged = colon > name.lastIndexOf('/');
        Repository repository = Repository.parse(tagged ? name.substring(0, colon) : name);
        if (tagged) {
            Tag tag = new Tag(name.substring(colon + 1));
            return new ImageReference(repository, at < 0 ? tag : Digest.parse(text.substring(at + 1)));
        }
        if (at < 0) {
            throw new InvalidNameException("image reference", text, "a repository with :tag or @digest");
        }
        return new ImageReference(repository, Digest.parse(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return switch (reference) {
            case Tag tag -> repository + ":" + tag;
            case Digest digest -> repository + "@" + digest;
        };
    }
}
