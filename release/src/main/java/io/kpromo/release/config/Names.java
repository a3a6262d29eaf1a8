// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import java.util.Set;

/// The names that templates may use.
public final class Names {
    /// Of titles: `version` (`v1.2.3`), `number` (`1.2.3`), `repository` (`owner/name`), `name`.
    public static final Set<String> TITLE = Set.of("version", "number", "repository", "name");

    /// Of the texts of issues, pull requests and announcements: those of titles; `previous` (the version before),
    /// `imageTag` (`v1.2.3-0`), `notes` (the release notes), `release`, `tracking` and `compare` (addresses of
    /// pages).
    public static final Set<String> TEXT = Set.of(
            "version",
            "number",
            "repository",
            "name",
            "previous",
            "imageTag",
            "notes",
            "release",
            "tracking",
            "compare");

    /// Of version references: `version`, `number`, `imageTag`.
    public static final Set<String> REFERENCE = Set.of("version", "number", "imageTag");

    private Names() {}
}
