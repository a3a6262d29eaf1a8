// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The releases of one repository.
public interface Releases {
    /// The release of a tag, a draft too.
    Optional<Release> of(RefName tag) throws InterruptedException;

    /// All of them, drafts too as far as this account sees them.
    List<Release> all() throws InterruptedException;

    /// Makes it; where there is one of that tag already, a draft too, finds that and leaves it as it is.
    Release create(NewRelease release) throws InterruptedException;

    /// Gives a release this title and text, and makes it a draft or not. Assets stay.
    Release update(String id, NewRelease release) throws InterruptedException;

    /// Adds a file. Where one of that name is there it must be deleted first.
    ///
    /// @throws ConflictException when one of that name is there
    Release.Asset upload(Release release, String name, String mediaType, Path content) throws InterruptedException;

    void deleteAsset(Release release, Release.Asset asset) throws InterruptedException;
}
