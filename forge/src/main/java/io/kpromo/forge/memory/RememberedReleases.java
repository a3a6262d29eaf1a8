// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.memory;

import io.kpromo.forge.NewRelease;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.forge.Releases;
import io.kpromo.forge.Slug;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The releases of a repository, asked each thing once.
record RememberedReleases(Releases releases, Slug repository, Memory memory) implements Releases {
    @Override
    public Optional<Release> of(RefName tag) throws InterruptedException {
        return memory.answer(List.of("release", repository, tag), () -> releases.of(tag));
    }

    @Override
    public List<Release> all() throws InterruptedException {
        return memory.answer(List.of("releases", repository), releases::all);
    }

    @Override
    public Release create(NewRelease release) throws InterruptedException {
        return memory.change(repository, () -> releases.create(release));
    }

    @Override
    public Release update(String id, NewRelease release) throws InterruptedException {
        return memory.change(repository, () -> releases.update(id, release));
    }

    @Override
    public Release.Asset upload(Release release, String name, String mediaType, Path content)
            throws InterruptedException {
        return memory.change(repository, () -> releases.upload(release, name, mediaType, content));
    }

    @Override
    public void deleteAsset(Release release, Release.Asset asset) throws InterruptedException {
        memory.change(repository, () -> {
            releases.deleteAsset(release, asset);
            return asset;
        });
    }
}
