// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// A release: a page about a tag, with assets.
///
/// @param id as the forge's API names it
/// @param body Markdown
/// @param web its page
public record Release(
        String id,
        RefName tag,
        String title,
        String body,
        boolean draft,
        boolean prerelease,
        List<Asset> assets,
        URI web) {
    public Release {
        assets = List.copyOf(assets);
    }

    /// A file of a release.
    ///
    /// @param size in bytes; -1 where the forge does not say
    /// @param sha256 64 hexadecimal digits, where the forge says
    public record Asset(String id, String name, long size, Optional<String> sha256) {}
}
