// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.check;

import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.trust.inspect.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An image in production, and the proof that it shall carry.
///
/// @param mediaType of its manifest, as the registry names it
/// @param tags that are known to point to it, sorted; perhaps not all
/// @param uploaded where the registry tells
/// @param required signature, record or both
public record Promoted(
        Repository repository,
        Digest digest,
        String mediaType,
        List<Tag> tags,
        Optional<Instant> uploaded,
        Set<Requirement> required) {
    public Promoted {
        tags = List.copyOf(tags);
        required = Set.copyOf(required);
    }

    public ImageReference reference() {
        return repository.at(digest);
    }

    public Promoted requiring(Set<Requirement> other) {
        return new Promoted(repository, digest, mediaType, tags, uploaded, other);
    }
}
