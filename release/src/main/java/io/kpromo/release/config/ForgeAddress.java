// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import java.net.URI;
import java.util.Optional;

/// Which forge holds the repository.
///
/// @param address of a forge of one's own; empty for the public one of its kind
public record ForgeAddress(Kind kind, Optional<URI> address) {
    /// What is spoken there.
    public enum Kind {
        GITHUB,
        GITLAB,
        /// Gitea and Forgejo.
        GITEA
    }
}
