// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Google's registries list: all manifests of a repository with their tags, and the repositories below it.
///
/// @param manifests by digest
/// @param children names of repositories or folders directly below
public record GoogleListing(Map<Digest, Entry> manifests, List<String> children) {
    /// One manifest.
    ///
    /// @param mediaType as listed
    /// @param tags that point to it
    /// @param uploaded milliseconds since 1970, 0 where not told
    /// @param size of the image in bytes as the registry counts it, -1 where not told
    public record Entry(String mediaType, List<String> tags, long uploaded, long size) {
        public Entry {
            tags = List.copyOf(tags);
        }
    }

    static final class Builder {
        private final Map<Digest, Entry> manifests = new LinkedHashMap<>();
        private final List<String> children = new ArrayList<>();
        private boolean google;

        void add(Digest digest, Entry entry) {
            manifests.put(digest, entry);
        }

        void addChild(String child) {
            if (!children.contains(child)) {
                children.add(child);
            }
        }

        /// The answer had the form, even if nothing was in it.
        void seen() {
            google = true;
        }

        Optional<GoogleListing> build() {
            return google ? Optional.of(new GoogleListing(manifests, List.copyOf(children))) : Optional.empty();
        }
    }
}
