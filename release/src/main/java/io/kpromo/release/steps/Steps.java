// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.memory.RememberingForge;
import io.kpromo.oci.Repository;
import io.kpromo.release.config.ReleaseConfig;
import io.kpromo.release.config.ReleasedImage;
import io.kpromo.release.config.VersionReferences;
import io.kpromo.release.job.Jobs;
import io.kpromo.release.text.Markdown;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The steps of one release, in the order in which they follow each other: what is tagged has its version written
/// down, and what is published can be pulled.
public final class Steps implements Walk.Course {
    private final List<Step> all;
    private final StatusStep status;
    private final Tracker tracker;
    private final RememberingForge forge;
    private final StagedImages images;

    private Steps(List<Step> all, StatusStep status, Tracker tracker, RememberingForge forge, StagedImages images) {
        this.all = List.copyOf(all);
        this.status = status;
        this.tracker = tracker;
        this.forge = forge;
        this.images = images;
    }

    /// Nothing is asked of anybody before a step is, and nothing twice before [#forget].
    public static Steps of(ThisRelease release, Means given) {
        ReleaseConfig config = release.config();
        RememberingForge forge =
                given.forge() instanceof RememberingForge known ? known : new RememberingForge(given.forge());
        Means means = given.remembering(forge);
        StagedImages images = new StagedImages(means.registries(), config.images(), release.version());
        Optional<PromotionManifests> manifests =
                config.promotion().map(target -> new PromotionManifests(means.forge(), target));
        StatusStep status = new StatusStep(
                images,
                means.registries(),
                image -> destinations(manifests, image),
                means.verifying(),
                config.job(),
                new Jobs(means.jobs(), means.forge()));
        Assets assets = new Assets(release.root(), config.page(), means.sealing());
        List<Step> all = List.of(
                new TrackStep(release, means.forge()),
                new BumpStep(
                        config.versions().map(versions -> new BumpedReferences(release, versions, images)),
                        config.versions()
                                .map(VersionReferences::file)
                                .map(Object::toString)
                                .orElse("")),
                new ValidateStep(config.canaries(), means.canaries()),
                new TagStep(release, means, images),
                new DraftStep(release, means.forge(), means.notes(), assets),
                new StagedStep(images, means.registries(), means.attachments()),
                new PromoteStep(images, manifests.map(m -> new PromotionProposal(release, means, m))),
                status,
                new PublishStep(release, means.forge()),
                new RolloutStep(release, means.forge(), means.registries(), images),
                new AnnounceStep(release, means, new AnnouncementText(release, means.forge(), images)));
        Tracker tracker = new Tracker(means.forge().issues(config.tracking().repository()), release.title());
        return new Steps(all, status, tracker, forge, images);
    }

    private static List<Repository> destinations(Optional<PromotionManifests> manifests, ReleasedImage image)
            throws InterruptedException {
        return manifests.isPresent() ? manifests.get().destinations(image) : List.of(image.production());
    }

    public List<Step> all() {
        return all;
    }

    public Optional<Step> find(String id) {
        return all.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    /// From now on a promotion job that fails ends the waiting, but not one that had failed before.
    public void watch() {
        status.watch();
    }

    @Override
    public void forget() {
        forge.forget();
        images.forget();
    }

    /// Ticks the boxes of a step in the tracking issue, where they are not ticked yet.
    @Override
    public void tick(Step step, Standing.Done done) throws InterruptedException {
        tracker.tick(step.boxes(), done.link().map(URI::toString).orElse(Markdown.escaped(done.what())));
    }
}
