// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Digest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a host answers when asked for the tags of a repository.
public sealed interface TagListing {
    /// The form of Google's registries: all manifests with their tags, and the repositories below.
    ///
    /// @param manifests by digest
    /// @param children names of repositories or folders directly below
    record Google(Map<Digest, Entry> manifests, List<String> children) implements TagListing {}

    /// The form of the distribution specification: tags alone.
    ///
    /// @param tags in the registry's order, each once
    record Plain(List<String> tags) implements TagListing {}

    /// There is no such repository.
    record Missing() implements TagListing {}

    /// One manifest in Google's form.
    ///
    /// @param mediaType as listed
    /// @param tags that point to it
    /// @param uploaded milliseconds since 1970, 0 where not told
    /// @param size of the image in bytes as the registry counts it, -1 where not told
    record Entry(String mediaType, List<String> tags, long uploaded, long size) {
        public Entry {
            tags = List.copyOf(tags);
        }
    }

    /// Gathers the pages of an answer. A page that is read twice changes nothing.
    final class Builder {
        private final Map<Digest, Entry> manifests = new LinkedHashMap<>();
        private final Set<String> children = new LinkedHashSet<>();
        private final Set<String> tags = new LinkedHashSet<>();
        private boolean found;
        private boolean google;

        void add(Digest digest, Entry entry) {
            manifests.put(digest, entry);
        }

        void addChildren(List<String> more) {
            children.addAll(more);
        }

        void addTags(List<String> more) {
            tags.addAll(more);
        }

        /// The repository is there.
        void found() {
            found = true;
        }

        /// The answer has Google's form, even if nothing is in it.
        void google() {
            google = true;
        }

        TagListing build() {
            if (google) {
                return new Google(manifests, List.copyOf(children));
            }
            return found ? new Plain(List.copyOf(tags)) : new Missing();
        }
    }
}
