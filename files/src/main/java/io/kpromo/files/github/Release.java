// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import java.util.List;

/// A release that is published.
///
/// @param tag may hold slashes
/// @param prerelease whether it is marked as not ready for production
/// @param assets its files, those that are there whole
public record Release(String tag, boolean prerelease, List<Asset> assets) {
    public Release {
        assets = List.copyOf(assets);
    }
}
