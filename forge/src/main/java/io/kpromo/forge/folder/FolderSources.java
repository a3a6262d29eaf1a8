// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.folder;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.RepositoryFacts;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceCommit;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import io.kpromo.forge.git.GitRepository;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The bare repository of one slug.
record FolderSources(Network network, Slug slug) implements Sources {
    @Override
    public Optional<RepositoryFacts> facts() {
        if (!network.has(slug)) {
            return Optional.empty();
        }
        RefName main = reading(git -> git.checkedOut().orElse(new RefName("main")));
        return Optional.of(new RepositoryFacts(slug, main, network.shelf(slug).parent(), network.web(slug, "")));
    }

    @Override
    public Optional<CommitId> branch(RefName name) {
        return reading(git -> git.branch(name));
    }

    @Override
    public Optional<CommitId> tag(RefName name) {
        return reading(git -> git.tag(name));
    }

    @Override
    public List<RefName> tags() {
        return reading(GitRepository::tags);
    }

    @Override
    public Optional<SourceFile> file(CommitId at, String path) {
        return reading(git -> git.file(at, path));
    }

    @Override
    public List<SourceFile> files(CommitId at, String folder, String name) {
        return reading(git -> git.files(at, folder, name));
    }

    @Override
    public CommitId write(NewCommit commit) throws InterruptedException {
        return changing(git -> {
            if (!git.has(commit.parent()) && commit.upstream().isPresent()) {
                try (GitRepository upstream = network.open(commit.upstream().get())) {
                    git.take(upstream, "refs/heads/*", "refs/upstream/*");
                }
            }
            return git.write(commit, network.author(), network.now());
        });
    }

    @Override
    public void deleteBranch(RefName name, CommitId expected) throws InterruptedException {
        changing(git -> {
            git.deleteBranch(name, expected);
            return name;
        });
    }

    @Override
    public void createTag(RefName name, CommitId commit, String message, Optional<Author> tagger)
            throws InterruptedException {
        changing(git -> {
            git.createTag(name, commit, message, tagger.orElse(network.author()), network.now());
            return name;
        });
    }

    @Override
    public List<SourceCommit> between(String from, String to) {
        return reading(git -> git.between(from, to));
    }

    private <T> T reading(Function<GitRepository, T> question) {
        try (GitRepository git = network.open(slug)) {
            return question.apply(git);
        }
    }

    private <T> T changing(Function<GitRepository, T> change) throws InterruptedException {
        return network.changing(slug, work -> reading(change));
    }
}
