// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.oci.Repository;
import java.util.List;

/// An image that a release brings.
///
/// @param staging where builds put it
/// @param production where users get it
/// @param platforms that must be in it, as in `linux/arm64`; empty when any will do
public record ReleasedImage(Repository staging, Repository production, List<String> platforms) {
    public ReleasedImage {
        platforms = List.copyOf(platforms);
    }
}
