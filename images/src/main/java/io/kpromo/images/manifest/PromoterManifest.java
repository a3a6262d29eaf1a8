// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import java.util.List;
import java.util.Optional;

/// What one project wants promoted: from one source registry to one or more destinations.
///
/// @param project the folder's name in a thin tree; the file's name of a plain manifest
/// @param file where the registries stand
/// @param imagesFile where the images stand; the same file for a plain manifest
/// @param source the one registry with `src: true`
/// @param destinations one or more
/// @param provenance what has to be proved of the images; empty where nothing is said
public record PromoterManifest(
        String project,
        String file,
        String imagesFile,
        Registry source,
        List<Registry> destinations,
        List<Image> images,
        Optional<PlacedPolicy> provenance) {
    public PromoterManifest {
        destinations = List.copyOf(destinations);
        images = List.copyOf(images);
    }

    /// Without a policy.
    public PromoterManifest(
            String project,
            String file,
            String imagesFile,
            Registry source,
            List<Registry> destinations,
            List<Image> images) {
        this(project, file, imagesFile, source, destinations, images, Optional.empty());
    }
}
