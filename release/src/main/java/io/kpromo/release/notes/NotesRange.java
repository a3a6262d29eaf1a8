// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.notes;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Sources;
import io.kpromo.release.version.Version;
import java.util.Optional;

/// What notes are about: all that `to` has and `from` has not.
public record NotesRange(String from, String to) {
    private static final String HEAD = "HEAD";

    /// Asks the forge only for what was left out.
    ///
    /// @param from empty for the last version before `to`; pre-releases count only before pre-releases
    /// @param to `HEAD` for the branch
    /// @param branch that releases are made of; empty for the repository's main one
    /// @throws ForgeException when there is no version before
    public static NotesRange of(Sources sources, String from, String to, Optional<RefName> branch)
            throws InterruptedException {
        String end = to;
        if (to.equals(HEAD)) {
            end = branch.isPresent()
                    ? branch.get().text()
                    : sources.facts()
                            .orElseThrow(() -> new ForgeException("there is no such repository, or this account may"
                                    + " not see it; set the forge's token"))
                            .mainBranch()
                            .text();
        }
        if (!from.isEmpty()) {
            return new NotesRange(from.equals(HEAD) ? end : from, end);
        }
        Optional<Version> version = Version.parse(to);
        boolean preReleases = version.filter(Version::isPreRelease).isPresent();
        return new NotesRange(
                sources.tags().stream()
                        .flatMap(tag -> Version.parse(tag.text()).stream())
                        .filter(tag -> preReleases || !tag.isPreRelease())
                        .filter(tag -> version.map(released -> tag.compareTo(released) < 0)
                                .orElse(true))
                        .max(Version::compareTo)
                        .orElseThrow(() -> new ForgeException(
                                "no tag is a version before " + to + "; say what to begin with by --from"))
                        .toString(),
                end);
    }
}
