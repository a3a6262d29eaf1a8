// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.NewRelease;
import io.kpromo.forge.Release;
import io.kpromo.forge.Releases;
import java.util.List;
import java.util.Optional;

/// Takes the draft live. Its title and text stay as they are: people may have edited them.
final class PublishStep implements Step {
    private final ThisRelease release;
    private final Forge forge;

    PublishStep(ThisRelease release, Forge forge) {
        this.release = release;
        this.forge = forge;
    }

    @Override
    public String id() {
        return "publish";
    }

    @Override
    public String title() {
        return "Release";
    }

    @Override
    public List<String> boxes() {
        return List.of("Release", "GitHub release", "Publish");
    }

    @Override
    public Standing look() throws InterruptedException {
        Optional<Release> there = releases().of(release.tag());
        if (there.isEmpty()) {
            return new Standing.Blocked(
                    "there is no draft of " + release.version(),
                    "kpromo release draft " + release.version() + " --confirm makes it");
        }
        Release found = there.get();
        return found.draft()
                ? new Standing.Ready(
                        List.of("publish the " + (release.version().isPreRelease() ? "pre-release" : "release") + " \""
                                + found.title() + "\""))
                : new Standing.Done("\"" + found.title() + "\" is published", found.web());
    }

    @Override
    public Standing perform() throws InterruptedException {
        Optional<Release> draft = releases().of(release.tag()).filter(Release::draft);
        if (draft.isPresent()) {
            CommitId tagged = forge.sources(release.config().repository())
                    .tag(release.tag())
                    .orElseThrow(() -> new io.kpromo.forge.ForgeException("there is no tag " + release.tag() + " in "
                            + release.config().repository() + " any more; nothing was published"));
            Release found = draft.get();
            boolean preRelease = release.version().isPreRelease();
            releases()
                    .update(
                            found.id(),
                            new NewRelease(
                                    found.tag(),
                                    tagged,
                                    found.title(),
                                    SumsMark.without(found.body()),
                                    false,
                                    preRelease));
        }
        return look();
    }

    private Releases releases() {
        return forge.releases(release.config().repository());
    }
}
