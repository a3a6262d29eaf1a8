// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.Author;
import io.kpromo.forge.Forge;
import io.kpromo.forge.RefName;
import io.kpromo.forge.git.GitRepository;
import io.kpromo.forge.memory.RememberingForge;
import io.kpromo.images.check.VerifiedImage;
import io.kpromo.images.run.ObserverOptions;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.http.Time;
import io.kpromo.release.announce.Messenger;
import io.kpromo.release.config.Announcement;
import io.kpromo.release.config.Canary;
import io.kpromo.release.job.JobAccess;
import io.kpromo.release.version.Version;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.store.Attachments;
import java.util.List;
import java.util.Optional;

/// What the steps of a release work with. Whoever opened it closes it.
///
/// @param forge seen as the account that releases
/// @param registries of images, with all that is attached to them in `attachments`
/// @param listing which hosts list in Google's form
/// @param jobs that promote, where the forge runs none
/// @param git around the work tree; empty where there is none
/// @param author who tags and commits; empty where git knows nobody
/// @param sealing signs what is released; empty where nothing is signed
/// @param verifying empty where nobody is named who signs images
public record Means(
        Forge forge,
        Registries registries,
        ObserverOptions listing,
        Attachments attachments,
        JobAccess jobs,
        Optional<GitRepository> git,
        Optional<Author> author,
        Pushing pushing,
        Notes notes,
        Optional<Sealing> sealing,
        Optional<Verifying> verifying,
        Canaries canaries,
        Messengers messengers,
        Time time) {
    /// With the forge remembered. What git pushes, it changes without the forge's being asked.
    Means remembering(RememberingForge other) {
        return new Means(
                other,
                registries,
                listing,
                attachments,
                jobs,
                git,
                author,
                (repository, tag) -> {
                    try {
                        pushing.push(repository, tag);
                    } finally {
                        other.forget();
                    }
                },
                notes,
                sealing,
                verifying,
                canaries,
                messengers,
                time);
    }

    /// Sends a tag of the repository on this machine to that of the forge.
    @FunctionalInterface
    public interface Pushing {
        /// @throws io.kpromo.oci.OciException when that is refused
        void push(GitRepository git, RefName tag) throws InterruptedException;
    }

    /// Writes release notes.
    @FunctionalInterface
    public interface Notes {
        /// @param from the version before; empty for the first of all
        /// @return Markdown
        String of(Optional<Version> from, RefName to) throws InterruptedException;
    }

    /// Signs as whoever releases.
    @FunctionalInterface
    public interface Sealing {
        Bundle seal(Statement statement) throws InterruptedException;
    }

    /// Verifies images as those who pull them do.
    @FunctionalInterface
    public interface Verifying {
        List<VerifiedImage> verify(List<ImageReference> images) throws InterruptedException;
    }

    /// Promotes and verifies canaries.
    public interface Canaries {
        /// What does not verify, as a consumer sees it; nothing where all does.
        List<String> unverified(Canary canary) throws InterruptedException;

        /// Promotes it, and signs.
        ///
        /// @throws io.kpromo.oci.OciException where that failed
        void promote(Canary canary) throws InterruptedException;
    }

    /// Opens the way to Slack or to a mail server.
    @FunctionalInterface
    public interface Messengers {
        /// @throws io.kpromo.release.announce.UnsentException where a secret is missing
        Messenger open(Announcement.Channel channel);
    }
}
