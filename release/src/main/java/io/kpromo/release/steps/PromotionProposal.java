// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Issue;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.Slug;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.release.config.PromotionTarget;
import io.kpromo.release.config.ReleasedImage;
import io.kpromo.release.pr.ManifestHome;
import io.kpromo.release.pr.PromotionLog;
import io.kpromo.release.pr.PromotionOutcome;
import io.kpromo.release.pr.PromotionPullRequest;
import io.kpromo.release.pr.PromotionRequest;
import io.kpromo.release.pr.Staging;
import io.kpromo.release.version.ImageTag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `kpromo pr` opens, for the images of a release.
final class PromotionProposal implements PromoteStep.Proposal {
    private final ThisRelease release;
    private final Means means;
    private final PromotionManifests manifests;

    PromotionProposal(ThisRelease release, Means means, PromotionManifests manifests) {
        this.release = release;
        this.means = means;
        this.manifests = manifests;
    }

    @Override
    public Optional<PullRequest> there(ImageTag tag) throws InterruptedException {
        PromotionRequest request = request(tag);
        return means.forge().pullRequests(target().repository()).of(request.fork(), request.branch());
    }

    @Override
    public List<String> preview(ImageTag tag) throws InterruptedException {
        PromotionRequest request = request(tag);
        PromotionOutcome outcome = asking().preview(request, command(tag));
        if (!(outcome instanceof PromotionOutcome.Preview preview)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("open the pull request \"" + preview.text().title() + "\" to " + target().repository() + " from "
                + request.fork() + " " + request.branch());
        preview.diff()
                .lines()
                .filter(line -> line.startsWith("+") && !line.startsWith("+++"))
                .map(line -> line.substring(1).strip())
                .filter(line -> !line.equals("dmap:"))
                .forEach(line -> lines.add("add " + line));
        return lines;
    }

    @Override
    public void open(ImageTag tag) throws InterruptedException {
        asking().open(request(tag), command(tag));
    }

    private PromotionPullRequest asking() {
        return new PromotionPullRequest(
                means.forge(),
                new Staging(means.registries(), means.listing()),
                target(),
                means.author()
                        .orElseThrow(() -> new ForgeException("nobody is known to sign off the commit; run git config"
                                + " user.name and git config user.email, or set GIT_COMMITTER_NAME and"
                                + " GIT_COMMITTER_EMAIL")),
                PromotionLog.none());
    }

    private ManifestHome target() {
        PromotionTarget named = named();
        return ManifestHome.kubernetes()
                .withRepository(named.repository())
                .withBase(named.base())
                .withFolder(named.manifests());
    }

    private PromotionTarget named() {
        return release.config().promotion().orElseThrow();
    }

    private PromotionRequest request(ImageTag tag) throws InterruptedException {
        Slug fork = new Forks(means.forge()).of(named().repository(), named().fork());
        RegistryName staging = manifests.staging(release.config().images().getFirst());
        Set<String> names = new LinkedHashSet<>();
        for (ReleasedImage image : release.config().images()) {
            if (!staging.holds(image.staging())) {
                throw new ForgeException(image.staging() + " is not in " + staging + " as the first image of the"
                        + " release; open its pull request with kpromo pr");
            }
            names.add(image.staging()
                    .path()
                    .substring(staging.path().isEmpty() ? 0 : staging.path().length() + 1));
        }
        Optional<Issue> issue =
                new Tracker(means.forge().issues(release.config().tracking().repository()), release.title()).find();
        return PromotionRequest.of(fork, named().project(), staging, List.of(tag.tag()))
                .withImages(names)
                .withReviewers(named().reviewers())
                .withNote(issue.map(found -> "Tracked in " + found.web()).orElse(""));
    }

    private String command(ImageTag tag) {
        return "kpromo release promote " + tag.version();
    }
}
