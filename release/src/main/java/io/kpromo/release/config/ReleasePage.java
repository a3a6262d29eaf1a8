// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.release.text.Template;
import java.util.List;
import java.util.Optional;

/// The release on the forge.
///
/// @param assets files to add, as patterns from the root: `dist/*.tar.gz`
/// @param sboms software bills of materials to add, likewise
/// @param key signs every asset: a file, or the address of one that a service holds; empty for nothing signed
public record ReleasePage(Template title, List<String> assets, List<String> sboms, Optional<String> key) {
    public ReleasePage {
        assets = List.copyOf(assets);
        sboms = List.copyOf(sboms);
    }
}
