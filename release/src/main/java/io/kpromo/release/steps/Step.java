// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import java.util.List;
import java.util.Optional;

/// One step of a release.
///
/// Where it stands is read from what is there, never remembered from a run; so a run may end anywhere, and the
/// next one goes on.
public interface Step {
    /// How commands name it: `tag`.
    String id();

    /// What it is about, in a few words.
    String title();

    /// The boxes of the tracking issue that it ticks, by their text; those that the issue has not are left out.
    List<String> boxes();

    /// Finds out where it stands. Changes nothing.
    ///
    /// @throws io.kpromo.oci.OciException where that can't be found out
    Standing look() throws InterruptedException;

    /// Does it, as far as it is [Standing.Ready], and says where it stands then. May be repeated after it failed
    /// or was interrupted anywhere.
    ///
    /// @throws io.kpromo.oci.OciException where something refused
    Standing perform() throws InterruptedException;

    /// What this machine alone tells of it, for where nobody else can be asked. Asks nobody.
    default Optional<String> here() {
        return Optional.empty();
    }
}
