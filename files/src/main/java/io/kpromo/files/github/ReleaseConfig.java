// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import io.kpromo.files.store.Base;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.yaml.Place;
import java.util.List;
import java.util.Optional;

/// Releases of one repository, and where they go.
///
/// @param tags whose releases are meant; all where there are none
/// @param prereleases whether those are meant too, where no tags are named
/// @param destination below which each release has a folder of its own; empty where they are only downloaded
/// @param place where it was asked for
public record ReleaseConfig(
        Slug repository, List<String> tags, boolean prereleases, Optional<Base> destination, Place place) {
    /// @throws io.kpromo.oci.InvalidNameException when a tag is none that git allows
    public ReleaseConfig {
        tags = List.copyOf(tags);
        tags.forEach(RefName::new);
    }

    /// Where releases go.
    ///
    /// @param bucket a bucket of Google's by its name alone, or a base of any kind
    /// @param folder in it; may be empty
    /// @throws io.kpromo.oci.InvalidNameException when the two are no base
    public static Base destination(String bucket, String folder) {
        String base = bucket.contains("://") ? bucket : "gs://" + bucket;
        return Base.parse(folder.isEmpty() ? base : base.replaceFirst("/+$", "") + "/" + folder);
    }
}
