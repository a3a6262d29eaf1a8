// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.store;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Manifest;
import java.util.Optional;

/// What a manifest refers to. Image-spec 1.1, `subject`.
public final class Subjects {
    private Subjects() {}

    public static Optional<Descriptor> of(Manifest manifest) {
        return switch (manifest) {
            case Manifest.Image image -> image.subject();
            case Manifest.Index index -> index.subject();
            case Manifest.Schema1 old -> Optional.empty();
        };
    }
}
