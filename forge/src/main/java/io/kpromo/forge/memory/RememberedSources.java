// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.memory;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.RepositoryFacts;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceCommit;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import java.util.List;
import java.util.Optional;

/// The source of a repository, asked each thing once.
record RememberedSources(Sources sources, Slug repository, Memory memory) implements Sources {
    @Override
    public Optional<RepositoryFacts> facts() throws InterruptedException {
        return memory.answer(List.of("facts", repository), sources::facts);
    }

    @Override
    public Optional<CommitId> branch(RefName name) throws InterruptedException {
        return memory.answer(List.of("branch", repository, name), () -> sources.branch(name));
    }

    @Override
    public Optional<CommitId> tag(RefName name) throws InterruptedException {
        return memory.answer(List.of("tag", repository, name), () -> sources.tag(name));
    }

    @Override
    public List<RefName> tags() throws InterruptedException {
        return memory.answer(List.of("tags", repository), sources::tags);
    }

    @Override
    public Optional<SourceFile> file(CommitId at, String path) throws InterruptedException {
        return memory.answer(List.of("file", repository, at, path), () -> sources.file(at, path));
    }

    @Override
    public List<SourceFile> files(CommitId at, String folder, String name) throws InterruptedException {
        return memory.answer(List.of("files", repository, at, folder, name), () -> sources.files(at, folder, name));
    }

    @Override
    public List<SourceCommit> between(String from, String to) throws InterruptedException {
        return memory.answer(List.of("between", repository, from, to), () -> sources.between(from, to));
    }

    @Override
    public CommitId write(NewCommit commit) throws InterruptedException {
        return memory.change(repository, () -> sources.write(commit));
    }

    @Override
    public void deleteBranch(RefName name, CommitId expected) throws InterruptedException {
        memory.change(repository, () -> {
            sources.deleteBranch(name, expected);
            return name;
        });
    }

    @Override
    public void createTag(RefName name, CommitId commit, String message, Optional<Author> tagger)
            throws InterruptedException {
        memory.change(repository, () -> {
            sources.createTag(name, commit, message, tagger);
            return name;
        });
    }
}
