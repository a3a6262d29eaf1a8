// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

/// What names a manifest inside a repository: a [Tag] or a [Digest].
/// Distribution-spec 1.1, "Pulling manifests": `<reference>`.
public sealed interface Reference permits Tag, Digest {
    /// A digest where the text holds a colon, else a tag.
    ///
    /// @throws InvalidNameException when it is neither
    static Reference parse(String text) {
        return text.indexOf(':') >= 0 ? Digest.parse(text) : new Tag(text);
    }
}
