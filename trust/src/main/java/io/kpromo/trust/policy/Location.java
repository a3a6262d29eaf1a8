// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;

/// Where something was found that speaks about a digest.
public sealed interface Location {
    /// A manifest that has the digest as its subject.
    ///
    /// @param manifest its own digest
    record Referrer(Digest manifest) implements Location {
        @Override
        public String toString() {
            return "referrer " + manifest;
        }
    }

    /// A layer of what a tag beside it points to: `sha256-<hex>.sig` or `.att`.
    ///
    /// @param layer from 0
    /// @param content digest of what the layer holds
    record Layer(Tag tag, int layer, Digest content) implements Location {
        @Override
        public String toString() {
            return "tag " + tag + ", layer " + layer;
        }
    }

    /// All that a tag beside it points to.
    record AttachedTag(Tag tag) implements Location {
        @Override
        public String toString() {
            return "tag " + tag;
        }
    }

    /// An attestation manifest of BuildKit, in the same index.
    record InIndex(Digest manifest) implements Location {
        @Override
        public String toString() {
            return "manifest " + manifest + " of its index";
        }
    }
}
