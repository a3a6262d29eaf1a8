// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Repository;
import java.util.Map;

/// A layer of a `.sig` or `.att` manifest: where its bytes are, and the signature or what proves it as annotations.
///
/// @param subject the image's digest
/// @param layer as the manifest describes it
public record AttachedPayload(Repository repository, Digest subject, Descriptor layer) {
    /// Of the bytes.
    public Digest digest() {
        return layer.digest();
    }

    public ImageReference where() {
        return repository.at(layer.digest());
    }

    public Map<String, String> annotations() {
        return layer.annotations();
    }
}
