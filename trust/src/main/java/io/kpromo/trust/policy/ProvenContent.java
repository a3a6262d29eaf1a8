// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import io.kpromo.oci.Digest;
import java.util.List;

/// A content with what was found for it, and for what it consists of.
///
/// @param name what messages call it, for example `linux/arm64`; the root's is not shown
/// @param evidence that was found for this very digest
/// @param platforms the manifests of an index, without BuildKit's attestation manifests; none for an image
public record ProvenContent(String name, Digest digest, List<Evidence> evidence, List<ProvenContent> platforms) {
    public ProvenContent {
        evidence = List.copyOf(evidence);
        platforms = List.copyOf(platforms);
    }
}
