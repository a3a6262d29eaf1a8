// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.ForgeAddress;
import io.kpromo.forge.NewRelease;
import io.kpromo.forge.Release;
import io.kpromo.forge.Releases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Makes the release on the forge, as a draft: notes, assets, their sums and the proof of who released them.
///
/// Nothing is written to a release that is published: people may have it already.
final class DraftStep implements Step {
    private final ThisRelease release;
    private final Forge forge;
    private final Means.Notes notes;
    private final Assets assets;

    DraftStep(ThisRelease release, Forge forge, Means.Notes notes, Assets assets) {
        this.release = release;
        this.forge = forge;
        this.notes = notes;
        this.assets = assets;
    }

    @Override
    public String id() {
        return "draft";
    }

    @Override
    public String title() {
        return "Draft of the release";
    }

    @Override
    public List<String> boxes() {
        return List.of("Draft", "Release notes");
    }

    @Override
    public Optional<String> here() {
        int built = assets.built().size();
        return assets.objection()
                .map(Standing.Blocked::why)
                .or(() -> built == 0
                        ? Optional.empty()
                        : Optional.of(built == 1 ? "1 asset is here" : built + " assets are here"));
    }

    @Override
    public Standing look() throws InterruptedException {
        Optional<Release> there = releases().of(release.tag());
        if (there.isPresent() && !there.get().draft()) {
            return new Standing.Done(
                    "published with " + count(there.get()), there.get().web());
        }
        if (tagged().isEmpty()) {
            return new Standing.Blocked(
                    "there is no tag " + release.tag() + " in "
                            + release.config().repository(),
                    "kpromo release tag " + release.version() + " --confirm makes it");
        }
        Optional<Standing.Blocked> objection = assets.objection();
        if (objection.isPresent()) {
            return objection.get();
        }
        List<String> would = new ArrayList<>();
        if (there.isEmpty()) {
            would.add("draft the " + (release.version().isPreRelease() ? "pre-release" : "release") + " \"" + headline()
                    + "\" with its notes");
        }
        missing(there, assets.built()).forEach(name -> would.add("upload " + name));
        return would.isEmpty()
                ? new Standing.Done(
                        "draft with " + count(there.orElseThrow()),
                        there.orElseThrow().web())
                : new Standing.Ready(would);
    }

    @Override
    public Standing perform() throws InterruptedException {
        if (look() instanceof Standing.Ready) {
            try {
                upload(drafted());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return look();
    }

    private Release drafted() throws InterruptedException {
        Optional<Release> there = releases().of(release.tag());
        if (there.isPresent()) {
            return there.get();
        }
        CommitId tagged = tagged().orElseThrow();
        boolean preRelease = release.version().isPreRelease();
        String text = notes.of(new PreviousVersion(release, forge).find(), release.tag());
        return releases().create(new NewRelease(release.tag(), tagged, headline(), text, true, preRelease));
    }

    private void upload(Release draft) throws IOException, InterruptedException {
        Map<String, Assets.Asset> built = assets.built();
        List<String> missing = missing(Optional.of(draft), built);
        Path folder = Files.createTempDirectory("kpromo-release");
        try {
            Map<String, Assets.Asset> all = new TreeMap<>(built);
            Assets.Asset sums = Assets.written(built, folder);
            all.put(sums.name(), sums);
            if (missing.contains(Assets.PROOF)) {
                // An old one goes first, so that none is ever about other files than those that are there.
                delete(draft, Assets.PROOF);
                all.put(Assets.PROOF, assets.proof(built, sums, purl(), folder));
            }
            for (String name : missing) {
                if (!name.equals(Assets.PROOF)) {
                    delete(draft, name);
                }
                Assets.Asset asset = Optional.ofNullable(all.get(name)).orElseThrow();
                releases().upload(draft, name, mediaType(name), asset.file());
            }
            mark(Assets.sums(built));
        } finally {
            Files.deleteIfExists(folder.resolve(Assets.SUMS));
            Files.deleteIfExists(folder.resolve(Assets.PROOF));
            Files.deleteIfExists(folder);
        }
    }

    /// Last of all, so that a release with the mark has all files that the mark stands for.
    private void mark(byte[] sums) throws InterruptedException {
        Release draft = releases().of(release.tag()).orElseThrow();
        boolean told = draft.assets().stream().allMatch(file -> file.sha256().isPresent());
        SumsMark mark = SumsMark.of(sums);
        if (!told && !mark.isIn(draft.body())) {
            releases()
                    .update(
                            draft.id(),
                            new NewRelease(
                                    draft.tag(),
                                    tagged().orElseThrow(),
                                    draft.title(),
                                    mark.in(draft.body()),
                                    true,
                                    release.version().isPreRelease()));
        }
    }

    private void delete(Release draft, String name) throws InterruptedException {
        Optional<Release.Asset> old = asset(draft, name);
        if (old.isPresent()) {
            releases().deleteAsset(draft, old.get());
        }
    }

    /// What has to be uploaded, in the order in which it is: the proof last, so that where it is, all is that it is
    /// about.
    private List<String> missing(Optional<Release> there, Map<String, Assets.Asset> built) {
        List<String> missing = new ArrayList<>();
        if (built.isEmpty()) {
            return missing;
        }
        byte[] sums = Assets.sums(built);
        boolean marked =
                there.filter(draft -> SumsMark.of(sums).isIn(draft.body())).isPresent();
        built.forEach((name, asset) -> {
            if (there.flatMap(draft -> asset(draft, name))
                    .filter(file -> asset.is(file, marked))
                    .isEmpty()) {
                missing.add(name);
            }
        });
        boolean same = there.flatMap(draft -> asset(draft, Assets.SUMS))
                .filter(file -> Assets.isContent(file, sums, marked))
                .isPresent();
        if (!same) {
            missing.add(Assets.SUMS);
        }
        boolean proven = there.flatMap(draft -> asset(draft, Assets.PROOF)).isPresent();
        if (assets.areSealed() && (!same || !proven)) {
            missing.add(Assets.PROOF);
        }
        return missing;
    }

    private static Optional<Release.Asset> asset(Release release, String name) {
        return release.assets().stream()
                .filter(asset -> asset.name().equals(name))
                .findFirst();
    }

    private String headline() {
        return release.title(release.config().page().title());
    }

    private String purl() {
        ForgeAddress.Kind kind =
                release.config().forge().map(ForgeAddress::kind).orElse(ForgeAddress.Kind.GITHUB);
        // The types that the list of package URLs knows.
        boolean known = kind == ForgeAddress.Kind.GITHUB || kind == ForgeAddress.Kind.GITLAB;
        return "pkg:" + (known ? kind : "generic") + "/" + release.config().repository() + "@" + release.version();
    }

    private static String count(Release release) {
        int assets = release.assets().size();
        return assets == 1 ? "1 asset" : assets + " assets";
    }

    private static String mediaType(String name) {
        boolean json = Stream.of(".json", ".intoto.jsonl").anyMatch(name::endsWith);
        boolean text = name.equals(Assets.SUMS) || name.endsWith(".txt");
        return json ? "application/json" : text ? "text/plain" : "application/octet-stream";
    }

    private Optional<CommitId> tagged() throws InterruptedException {
        return forge.sources(release.config().repository()).tag(release.tag());
    }

    private Releases releases() {
        return forge.releases(release.config().repository());
    }
}
