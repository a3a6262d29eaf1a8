// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.version;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Whether a version is the next one after those that are there.
///
/// @param last the highest version below the new one; empty for the first of all
/// @param objection why it does not follow, and what would; empty where it does
public record Succession(Optional<Version> last, Optional<String> objection) {
    /// The new version follows the highest one below it, so that `v3.4.4` follows `v3.4.3` while there is a
    /// `v3.5.0`: the next patch, the next minor with patch 0, the next major with both 0, a pre-release of one of
    /// these, or of the same release a later pre-release or the release itself. The first version of all may be
    /// any.
    public static Succession of(Version next, Collection<Version> existing) {
        TreeSet<Version> sorted = new TreeSet<>(existing);
        if (sorted.contains(next)) {
            return new Succession(
                    Optional.ofNullable(sorted.lower(next)),
                    Optional.of("there is a " + sorted.floor(next) + " already"));
        }
        Optional<Version> last = Optional.ofNullable(sorted.lower(next));
        return new Succession(last, last.filter(below -> !follows(next, below)).map(below -> objection(next, below)));
    }

    private static boolean follows(Version next, Version last) {
        if (last.isPreRelease() && core(next).compareTo(core(last)) == 0) {
            return true;
        }
        return releases(last).stream().anyMatch(release -> core(next).compareTo(release) == 0);
    }

    /// What may come after a version, without the pre-releases of it.
    private static List<Version> releases(Version last) {
        Version patch = last.isPreRelease() ? core(last) : release(last, last.major(), last.minor(), last.patch() + 1);
        return List.of(patch, release(last, last.major(), last.minor() + 1, 0), release(last, last.major() + 1, 0, 0));
    }

    private static String objection(Version next, Version last) {
        List<Version> possible = releases(last);
        return next + " does not follow " + last + ", the last one before it; after that may come " + possible.get(0)
                + ", " + possible.get(1) + ", " + possible.get(2) + " or pre-releases of these";
    }

    private static Version core(Version version) {
        return release(version, version.major(), version.minor(), version.patch());
    }

    private static Version release(Version like, long major, long minor, long patch) {
        return new Version(major, minor, patch, "", "", like.prefixed());
    }
}
