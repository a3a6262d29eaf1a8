// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is said of some content by who points to it. Image-spec 1.1, "Content Descriptors".
///
/// @param mediaType as it was written
/// @param digest of the content
/// @param size of the content in bytes, 0 or more; -1 where the specification gives none (schema 1)
/// @param platform what it is built for, in an index
/// @param artifactType what kind of artifact it is, where said
/// @param urls other places it may be had from; not followed
/// @param annotations as they were written
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        Optional<Platform> platform,
        Optional<String> artifactType,
        List<String> urls,
        Map<String, String> annotations) {
    public Descriptor {
        urls = List.copyOf(urls);
        annotations = Map.copyOf(annotations);
    }

    public Descriptor(String mediaType, Digest digest, long size) {
        this(mediaType, digest, size, Optional.empty(), Optional.empty(), List.of(), Map.of());
    }

    /// The same content, said to be such an artifact with such annotations.
    public Descriptor with(Optional<String> type, Map<String, String> notes) {
        return new Descriptor(mediaType, digest, size, platform, type, urls, notes);
    }
}
