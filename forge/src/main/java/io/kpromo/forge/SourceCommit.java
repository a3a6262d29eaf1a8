// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.net.URI;
import java.time.Instant;

/// A commit as a list of them shows it.
///
/// @param message title, empty line, text
public record SourceCommit(CommitId id, String message, String authorName, Instant when, URI web) {
    public String title() {
        return message.lines().findFirst().orElse("");
    }
}
