// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.Forge;
import io.kpromo.forge.RefName;
import io.kpromo.release.version.Succession;
import io.kpromo.release.version.Version;
import java.util.Optional;
import java.util.TreeSet;

/// The version before this one, by the tags of the forge.
///
/// @param forge that has the tags
record PreviousVersion(ThisRelease release, Forge forge) {
    /// One request.
    Optional<Version> find() throws InterruptedException {
        TreeSet<Version> versions = new TreeSet<>();
        for (RefName tag : forge.sources(release.config().repository()).tags()) {
            Version.parse(tag.text()).ifPresent(versions::add);
        }
        return Succession.of(release.version(), versions).last();
    }
}
