// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/// What a registry path was seen to hold.
///
/// @param repositories all that hold something, sorted
/// @param tagless repositories whose untagged manifests the host does not show, so that only tagged ones are here
public record Inventory(SortedMap<Repository, Map<Digest, Held>> repositories, Set<Repository> tagless) {
    /// One manifest.
    ///
    /// @param mediaType as the registry names it
    /// @param tags that point to it
    /// @param uploaded milliseconds since 1970, 0 where the registry does not tell
    public record Held(String mediaType, SortedSet<Tag> tags, long uploaded) {}
}
