// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.net.URI;
import java.util.Optional;

/// The discussions of one repository, for announcements. Only GitHub has them; elsewhere asking for one is refused.
public interface Discussions {
    /// Where a discussion with exactly this title is.
    Optional<URI> titled(String category, String title) throws InterruptedException;

    /// Begins one; where there is one with this title already, finds that.
    URI create(String category, String title, String body) throws InterruptedException;
}
