// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.yaml.Place;
import java.util.List;

/// A digest that a destination repository shall hold, and the tags that shall point to it.
///
/// One value serves every destination that wants the same: a million edges are some ten thousand of these. What
/// else a digest shall carry (signatures, attestations) belongs here, beside its tags.
///
/// @param sources where it may be had from, sorted; more than one only where several manifests want it
/// @param tags sorted, each once; may be empty
/// @param place of the digest in its manifest, the first one where several want it
/// @param tagPlaces where each tag was asked for, in the order of the tags
public record WantedContent(
        Digest digest, List<Repository> sources, List<Tag> tags, Place place, List<Place> tagPlaces) {
    public WantedContent {
        sources = List.copyOf(sources);
        tags = List.copyOf(tags);
        tagPlaces = List.copyOf(tagPlaces);
        if (sources.isEmpty() || tags.size() != tagPlaces.size()) {
            throw new IllegalArgumentException("a content has a source, and each of its tags has a place");
        }
    }

    /// Edges of this content into one destination: one a tag, or one without a tag.
    public int edges() {
        return Math.max(1, tags.size());
    }

    /// Where this tag was asked for; the digest's place for a tag that was not.
    public Place placeOf(Tag tag) {
        int at = tags.indexOf(tag);
        return at < 0 ? place : tagPlaces.get(at);
    }
}
