// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import java.util.List;

/// What one project wants promoted: from one source registry to one or more destinations.
///
/// @param project the folder's name in a thin tree; the file's name of a plain manifest
/// @param file where the registries stand
/// @param imagesFile where the images stand; the same file for a plain manifest
/// @param source the one registry with `src: true`
/// @param destinations one or more
public record PromoterManifest(
        String project,
        String file,
        String imagesFile,
        Registry source,
        List<Registry> destinations,
        List<Image> images) {
    public PromoterManifest {
        destinations = List.copyOf(destinations);
        images = List.copyOf(images);
    }
}
