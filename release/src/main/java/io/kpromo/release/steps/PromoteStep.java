// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.PullRequest;
import io.kpromo.release.version.ImageTag;
import java.util.List;
import java.util.Optional;

/// Opens the pull request that asks for the promotion, and waits until people have merged it.
final class PromoteStep implements Step {
    /// The pull request of one image tag.
    interface Proposal {
        /// The newest one, open or not.
        Optional<PullRequest> there(ImageTag tag) throws InterruptedException;

        /// What it would change; nothing where the manifests want it already.
        List<String> preview(ImageTag tag) throws InterruptedException;

        /// Opens it, or finds it.
        void open(ImageTag tag) throws InterruptedException;
    }

    private final StagedImages images;
    private final Optional<Proposal> proposal;

    /// @param proposal empty where nobody has to be asked
    PromoteStep(StagedImages images, Optional<Proposal> proposal) {
        this.images = images;
        this.proposal = proposal;
    }

    @Override
    public String id() {
        return "promote";
    }

    @Override
    public String title() {
        return "Promotion pull request";
    }

    @Override
    public List<String> boxes() {
        return List.of("Promotion pull request", "Promote");
    }

    @Override
    public Standing look() throws InterruptedException {
        if (images.images().isEmpty() || proposal.isEmpty()) {
            return new Standing.Left("release.yaml names no " + (proposal.isEmpty() ? "promotion" : "images"));
        }
        Optional<ImageTag> tag = images.newest();
        if (tag.isEmpty()) {
            return new Standing.Blocked(
                    "there is no image of this version in staging", "kpromo release staged --wait 30m waits for it");
        }
        Optional<PullRequest> there = proposal.get().there(tag.get());
        if (there.isPresent() && there.get().state() == PullRequest.State.OPEN) {
            return new Standing.Waiting(
                    "review and merge of pull request #" + there.get().number(),
                    there.get().web());
        }
        List<String> changes = proposal.get().preview(tag.get());
        if (changes.isEmpty()) {
            return new Standing.Done("the manifests want " + tag.get(), there.map(PullRequest::web));
        }
        if (there.isPresent() && there.get().state() == PullRequest.State.CLOSED) {
            return new Standing.Blocked(
                    "pull request " + there.get().web() + " was closed without being merged",
                    "reopen it; or delete its branch, and kpromo release promote opens another one");
        }
        return new Standing.Ready(changes);
    }

    @Override
    public Standing perform() throws InterruptedException {
        Optional<ImageTag> tag = images.newest();
        if (look() instanceof Standing.Ready && tag.isPresent()) {
            proposal.orElseThrow().open(tag.get());
        }
        return look();
    }
}
