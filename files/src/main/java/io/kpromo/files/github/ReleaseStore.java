// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.Scheme;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Sums;
import io.kpromo.forge.Slug;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.client.BlobIntake;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Releases of one repository as a store to read from: `v1.30.0/crictl-linux-amd64.tar.gz` is a file of release
/// `v1.30.0`. Looking takes no request: what there is was listed.
public final class ReleaseStore implements Store {
    private final GitHub gitHub;
    private final Slug repository;
    private final Base base;
    private final Map<FileName, Asset> assets = new LinkedHashMap<>();

    /// @throws StoreException when a tag and a file's name make a name that would leave its folder, or that no
    ///     file can have
    public ReleaseStore(GitHub gitHub, Slug repository, List<Release> releases) {
        this.gitHub = gitHub;
        this.repository = repository;
        this.base = new Base(Scheme.GITHUB, gitHub.name(), repository.toString());
        for (Release release : releases) {
            for (Asset asset : release.assets()) {
                assets.put(name(release.tag(), asset.name()), asset);
            }
        }
    }

    /// Releases of the same repository, these and those.
    public ReleaseStore and(ReleaseStore others) {
        ReleaseStore all = new ReleaseStore(gitHub, repository, List.of());
        all.assets.putAll(assets);
        all.assets.putAll(others.assets);
        return all;
    }

    private FileName name(String tag, String file) {
        if (file.indexOf('/') < 0) {
            try {
                return new FileName(tag + "/" + file);
            } catch (InvalidNameException e) {
                // Said below.
            }
        }
        throw new StoreException("release " + tag + " of " + gitHub.name() + "/" + repository + " has a file called "
                + file + ", which would leave its folder or which no file can be called; nothing is taken from there");
    }

    /// All files, in the order of the releases.
    public List<FileName> names() {
        return List.copyOf(assets.keySet());
    }

    @Override
    public Base base() {
        return base;
    }

    @Override
    public Map<FileName, StoredFile> look(Collection<FileName> names) {
        Map<FileName, StoredFile> found = new LinkedHashMap<>();
        names.forEach(name -> inspect(name).ifPresent(file -> found.put(name, file)));
        return found;
    }

    @Override
    public Optional<StoredFile> inspect(FileName name) {
        return Optional.ofNullable(assets.get(name))
                .map(asset -> new StoredFile(asset.size(), asset.sha256(), Sums.none(), Long.toString(asset.id())));
    }

    @Override
    public void read(FileName name, StoredFile seen, BlobIntake into) throws InterruptedException {
        Asset asset = Optional.ofNullable(assets.get(name))
                .orElseThrow(() -> new StoreException("no release has " + base.url(name)));
        gitHub.read(repository, asset, into);
    }

    @Override
    public void write(FileName name, Incoming file, Optional<StoredFile> replaced) {
        throw new StoreException("write " + base.url(name) + ": releases are read, not written");
    }
}
