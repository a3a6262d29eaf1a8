// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.folder;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.Discussions;
import io.kpromo.forge.Forge;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Issues;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.PullRequests;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Releases;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import io.kpromo.forge.WorkflowRun;
import io.kpromo.forge.WorkflowRuns;
import io.kpromo.forge.git.GitRepository;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A forge in a folder: `OWNER/NAME.git` is a bare repository, `OWNER/NAME.json` holds its issues, pull requests
/// and so on, `OWNER/NAME.assets` the files of releases. What people do on a forge's pages (fork, merge) is done
/// by methods of this class.
///
/// Files are replaced whole, so whoever is interrupted leaves the state before or the state after.
public final class FolderForge implements Forge {
    private final Network network;

    /// @param root an existing folder; empty for a new forge
    /// @param user the account that everything is done as
    public FolderForge(Path root, String user, InstantSource time) {
        this.network = new Network(root, user, time);
    }

    @Override
    public String name() {
        return "the forge in " + network.root();
    }

    @Override
    public String user() {
        return network.user();
    }

    /// Makes a repository whose branch `main` holds these files.
    public CommitId create(Slug slug, List<SourceFile> files) throws InterruptedException {
        return network.changing(slug, Optional.of(new Shelf(Optional.empty())), place -> {
            if (Files.exists(place.repository())) {
                throw new ForgeException(name() + ": there is a repository " + slug + " already");
            }
            RefName main = new RefName("main");
            try (GitRepository git = GitRepository.create(place.repository(), main, true)) {
                return git.begin(main, files, "Begin", network.author(), network.now());
            }
        });
    }

    /// Makes a fork of a repository, as it is now.
    ///
    /// @return its name: the owner's, and that of what it is forked from
    public Slug fork(Slug parent, String owner) throws InterruptedException {
        Slug fork = new Slug(owner, parent.name());
        network.changing(fork, Optional.of(new Shelf(Optional.of(parent))), place -> {
            try (GitRepository original = network.open(parent);
                    GitRepository git = GitRepository.create(place.repository(), new RefName("main"), true)) {
                git.take(original, "refs/heads/*", "refs/heads/*");
                git.take(original, "refs/tags/*", "refs/tags/*");
            }
            return fork;
        });
        return fork;
    }

    /// Merges a pull request, as a maintainer does.
    ///
    /// @return the merge commit
    /// @throws ForgeException when it is not open
    public CommitId merge(Slug slug, long number) throws InterruptedException {
        return network.changing(slug, place -> {
            Shelf.Pull pull = place.shelf().pull(number);
            if (pull.state() != PullRequest.State.OPEN) {
                throw new ForgeException(name() + ": pull request " + slug + "#" + number + " is not open");
            }
            try (GitRepository git = network.open(slug)) {
                network.takeHead(git, pull);
                CommitId head = git.commit(pull.ref()).orElseThrow();
                CommitId merged = git.merge(
                        pull.base(),
                        head,
                        "Merge pull request #" + number + " from "
                                + pull.headRepository().owner() + "/" + pull.headBranch() + "\n\n" + pull.title(),
                        network.author(),
                        network.now());
                place.replace(place.shelf().with(pull.merged(merged)));
                return merged;
            }
        });
    }

    /// Closes a pull request without merging it.
    public void reject(Slug slug, long number) throws InterruptedException {
        network.changing(slug, place -> {
            place.replace(place.shelf().with(place.shelf().pull(number).rejected()));
            return number;
        });
    }

    /// Puts labels on a pull request.
    public void label(Slug slug, long number, List<String> labels) throws InterruptedException {
        network.changing(slug, place -> {
            place.replace(place.shelf().with(place.shelf().pull(number).labelled(labels)));
            return number;
        });
    }

    /// Notes that a job ran, or how it stands now; a run is known by its `id`.
    public void run(Slug slug, RefName branch, WorkflowRun run) throws InterruptedException {
        network.changing(slug, place -> {
            place.replace(place.shelf().with(new Shelf.Run(branch, run)));
            return run;
        });
    }

    /// Where git finds a repository, to clone it or to push to it.
    public URI address(Slug slug) {
        return network.place(slug).toUri();
    }

    /// Makes a commit as somebody else would: on a branch, which may be new, on top of what it holds.
    public CommitId commit(Slug slug, RefName branch, List<SourceFile> files, String message, Author author)
            throws InterruptedException {
        return network.commit(slug, branch, files, message, author);
    }

    @Override
    public Sources sources(Slug repository) {
        return new FolderSources(network, repository);
    }

    @Override
    public PullRequests pullRequests(Slug repository) {
        return new FolderPulls(network, repository);
    }

    @Override
    public Issues issues(Slug repository) {
        return new FolderIssues(network, repository);
    }

    @Override
    public Releases releases(Slug repository) {
        return new FolderReleases(network, repository);
    }

    @Override
    public WorkflowRuns workflowRuns(Slug repository) {
        return new FolderRuns(network, repository);
    }

    @Override
    public Discussions discussions(Slug repository) {
        return new FolderDiscussions(network, repository);
    }

    @Override
    public void close() {
        // Nothing is kept open between two requests.
    }
}
