// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.folder;

import io.kpromo.forge.ConflictException;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.NewRelease;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.forge.Releases;
import io.kpromo.forge.Slug;
import io.kpromo.forge.git.GitRepository;
import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The releases of one repository; their assets are files.
record FolderReleases(Network network, Slug slug) implements Releases {
    private static final int LONGEST = 125_000;

    @Override
    public Optional<Release> of(RefName tag) {
        return network.shelf(slug).releases().stream()
                .filter(release -> release.tag().equals(tag))
                .findFirst();
    }

    @Override
    public List<Release> all() {
        return network.shelf(slug).releases();
    }

    @Override
    public Release create(NewRelease request) throws InterruptedException {
        Bodies.check(request.title(), request.body(), LONGEST);
        return network.changing(slug, work -> {
            Optional<Release> there = of(request.tag());
            if (there.isPresent()) {
                return there.get();
            }
            String id = "r" + (work.shelf().releases().size() + 1);
            return put(work, id, request, List.of());
        });
    }

    @Override
    public Release update(String id, NewRelease request) throws InterruptedException {
        Bodies.check(request.title(), request.body(), LONGEST);
        return network.changing(
                slug, work -> put(work, id, request, release(work, id).assets()));
    }

    private Release put(Network.Work work, String id, NewRelease request, List<Release.Asset> assets) {
        if (!request.draft()) {
            tag(work, request);
        }
        Release release = new Release(
                id,
                request.tag(),
                request.title(),
                request.body(),
                request.draft(),
                request.prerelease(),
                assets,
                network.web(slug, "releases/" + request.tag()));
        work.replace(work.shelf().with(release));
        return release;
    }

    /// As forges do: who publishes a release of a tag that is not there makes the tag.
    private void tag(Network.Work work, NewRelease request) {
        try (GitRepository git = GitRepository.bare(work.repository())) {
            if (git.tag(request.tag()).isEmpty()) {
                git.createTag(request.tag(), request.target(), request.title(), network.author(), network.now());
            }
        }
    }

    @Override
    public Release.Asset upload(Release release, String name, String mediaType, Path content)
            throws InterruptedException {
        if (name.isEmpty() || name.startsWith(".") || name.contains("/") || name.contains("\\")) {
            throw new InvalidNameException("asset", name, "the name of a file");
        }
        return network.changing(slug, work -> {
            Release now = release(work, release.id());
            if (now.assets().stream().anyMatch(asset -> asset.name().equals(name))) {
                throw new ConflictException("release " + slug + " " + now.tag() + " has an asset " + name + " already");
            }
            Path file = file(now, name);
            Files.createDirectories(file.getParent());
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            Release.Asset asset = new Release.Asset(name, name, Files.size(file), Optional.of(sha256(file)));
            List<Release.Asset> assets = new ArrayList<>(now.assets());
            assets.add(asset);
            work.replace(work.shelf().with(holding(now, assets)));
            return asset;
        });
    }

    private Path file(Release release, String name) {
        return network.assets(slug).resolve(release.id()).resolve(name);
    }

    private static String sha256(Path file) throws IOException {
        return Digest.sha256(Files.readAllBytes(file)).hex();
    }

    @Override
    public void deleteAsset(Release release, Release.Asset asset) throws InterruptedException {
        network.changing(slug, work -> {
            Release now = release(work, release.id());
            List<Release.Asset> left = now.assets().stream()
                    .filter(other -> !other.id().equals(asset.id()))
                    .toList();
            work.replace(work.shelf().with(holding(now, left)));
            return asset;
        });
    }

    private Release release(Network.Work work, String id) {
        return work.shelf().releases().stream()
                .filter(release -> release.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ForgeException("there is no release " + id + " of " + slug));
    }

    private static Release holding(Release release, List<Release.Asset> assets) {
        return new Release(
                release.id(),
                release.tag(),
                release.title(),
                release.body(),
                release.draft(),
                release.prerelease(),
                assets,
                release.web());
    }
}
