// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.client.Registries;
import io.kpromo.release.config.RolloutTarget;
import io.kpromo.release.config.SourcePath;
import io.kpromo.release.text.Markdown;
import io.kpromo.release.version.ImageTag;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Opens a pull request for each place that uses the image, which replaces its old tag by the new one.
final class RolloutStep implements Step {
    private final ThisRelease release;
    private final Forge forge;
    private final Registries registries;
    private final StagedImages images;

    RolloutStep(ThisRelease release, Forge forge, Registries registries, StagedImages images) {
        this.release = release;
        this.forge = forge;
        this.registries = registries;
        this.images = images;
    }

    @Override
    public String id() {
        return "rollout";
    }

    @Override
    public String title() {
        return "Rollout";
    }

    @Override
    public List<String> boxes() {
        return List.of("Rollout");
    }

    /// What is to be done at one place.
    private sealed interface Work {
        /// All is as it should be.
        record Over(Optional<URI> link) implements Work {}

        record Review(PullRequest request) implements Work {}

        record Change(RolloutTarget target, CommitId base, List<SourceFile> files, ImageTag tag) implements Work {}

        record Stuck(Standing.Blocked why) implements Work {}
    }

    @Override
    public Standing look() throws InterruptedException {
        if (release.config().rollout().isEmpty()) {
            return new Standing.Left("release.yaml names no rollout");
        }
        Optional<ImageTag> tag = images.newest();
        if (tag.isEmpty()) {
            return new Standing.Blocked(
                    "there is no image of this version in staging", "kpromo release staged --wait 30m waits for it");
        }
        List<String> would = new ArrayList<>();
        List<PullRequest> open = new ArrayList<>();
        Optional<URI> link = Optional.empty();
        for (RolloutTarget target : release.config().rollout()) {
            switch (work(target, tag.get())) {
                case Work.Stuck(Standing.Blocked why) -> {
                    return why;
                }
                case Work.Over(Optional<URI> done) -> link = done.isPresent() ? done : link;
                case Work.Review(PullRequest request) -> open.add(request);
                case Work.Change change ->
                    would.add("open a pull request to " + target.repository() + " " + target.base() + " that changes "
                            + names(change.files()) + " to " + target.image() + ":" + tag.get());
            }
        }
        if (!would.isEmpty()) {
            return new Standing.Ready(would);
        }
        return open.isEmpty()
                ? new Standing.Done(
                        tag.get() + " is in use at "
                                + (release.config().rollout().size() == 1
                                        ? release.config().rollout().getFirst().repository()
                                        : "all " + release.config().rollout().size() + " places"),
                        link)
                : new Standing.Waiting(
                        "review and merge of "
                                + String.join(
                                        ", ",
                                        open.stream()
                                                .map(request -> "pull request #" + request.number() + " \""
                                                        + request.title() + "\"")
                                                .toList()),
                        open.getFirst().web());
    }

    @Override
    public Standing perform() throws InterruptedException {
        Optional<ImageTag> tag = images.newest();
        if (look() instanceof Standing.Ready && tag.isPresent()) {
            for (RolloutTarget target : release.config().rollout()) {
                if (work(target, tag.get()) instanceof Work.Change change) {
                    propose(change);
                }
            }
        }
        return look();
    }

    /// Files decide; a pull request tells only how they get there.
    private Work work(RolloutTarget target, ImageTag tag) throws InterruptedException {
        Optional<Digest> digest =
                registries.manifests().head(target.image().at(tag.tag())).map(Descriptor::digest);
        if (digest.isEmpty()) {
            return new Work.Stuck(new Standing.Blocked(
                    target.image() + ":" + tag + " is not in production yet",
                    "kpromo release status --watch waits for it"));
        }
        CommitId base = forge.sources(target.repository())
                .branch(target.base())
                .orElseThrow(() -> new ForgeException(
                        target.repository() + " has no branch " + target.base() + "; see rollout in release.yaml"));
        List<SourceFile> changed = new ArrayList<>();
        int found = 0;
        for (SourcePath path : target.paths()) {
            SourceFile file = forge.sources(target.repository())
                    .file(base, path.text())
                    .orElseThrow(() -> new ForgeException(target.repository() + " has no file " + path + " on "
                            + target.base() + "; see rollout in release.yaml"));
            ImageUpgrade.Upgraded upgraded = new ImageUpgrade(target.image(), tag, digest).of(file.text());
            found += upgraded.replaced() + upgraded.there() + upgraded.newer();
            if (upgraded.replaced() > 0) {
                changed.add(SourceFile.of(path.text(), upgraded.text()));
            }
        }
        if (found == 0) {
            return new Work.Stuck(new Standing.Blocked(
                    "no file of " + target.repository() + " that release.yaml names uses " + target.image(),
                    "name those that do, by rollout in release.yaml"));
        }
        Optional<PullRequest> request =
                forge.pullRequests(target.repository()).of(new Forks(forge).of(target.repository()), branch(tag));
        if (changed.isEmpty()) {
            return new Work.Over(request.map(PullRequest::web));
        }
        return request.filter(there -> there.state() == PullRequest.State.OPEN)
                .<Work>map(Work.Review::new)
                .orElseGet(() -> new Work.Change(target, base, changed, tag));
    }

    private void propose(Work.Change change) throws InterruptedException {
        RolloutTarget target = change.target();
        Slug fork = new Forks(forge).of(target.repository());
        Sources source = forge.sources(fork);
        RefName branch = branch(change.tag());
        // A branch without an open pull request is what an interrupted run left, or one that was closed: it is
        // written anew, for the base may have moved.
        Optional<CommitId> over = source.branch(branch);
        String title = "Use " + target.image() + ":" + change.tag();
        Optional<Slug> upstream =
                fork.equals(target.repository()) ? Optional.empty() : Optional.of(target.repository());
        source.write(
                new NewCommit(branch, over, upstream, change.base(), change.files(), title + "\n", Optional.empty()));
        String tracking = new Tracker(forge.issues(release.config().tracking().repository()), release.title())
                .find()
                .map(issue -> "\n\nTracked in " + issue.web() + "\n")
                .orElse("\n");
        String body = "Rolls out " + Markdown.code(target.image() + ":" + change.tag()) + " of "
                + Markdown.escaped(release.config().repository().toString()) + " "
                + Markdown.escaped(release.version().toString()) + "." + tracking;
        forge.pullRequests(target.repository()).create(new NewPullRequest(fork, branch, target.base(), title, body));
    }

    private RefName branch(ImageTag tag) {
        return new RefName(release.config().repository().name() + "-" + tag + "-rollout");
    }

    private static String names(List<SourceFile> files) {
        return String.join(", ", files.stream().map(SourceFile::path).toList());
    }
}
