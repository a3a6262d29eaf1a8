// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;
import io.kpromo.yaml.Place;
import java.util.List;

/// One digest of an image's `dmap` and the tags it shall carry.
///
/// @param tags as written, each once; none where the digest is promoted without a tag
/// @param place of the digest
/// @param tagPlaces of the tags, in their order
public record Entry(Digest digest, List<Tag> tags, Place place, List<Place> tagPlaces) {
    public Entry {
        tags = List.copyOf(tags);
        tagPlaces = List.copyOf(tagPlaces);
    }
}
