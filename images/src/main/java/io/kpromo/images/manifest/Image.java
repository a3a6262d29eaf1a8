// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.yaml.Place;
import java.util.List;
import java.util.function.Predicate;

/// An image to promote: what stands below one `name` in an `images` list.
///
/// @param name of the repository below each registry; may be a path
/// @param entries as written, each digest once
/// @param place of the name
public record Image(String name, List<Entry> entries, Place place) {
    public Image {
        entries = List.copyOf(entries);
    }

    /// This image with only the entries that pass; there may be none.
    public Image keeping(Predicate<Entry> filter) {
        return new Image(name, entries.stream().filter(filter).toList(), place);
    }
}
