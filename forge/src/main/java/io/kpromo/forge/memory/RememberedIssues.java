// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.memory;

import io.kpromo.forge.Comment;
import io.kpromo.forge.Issue;
import io.kpromo.forge.Issues;
import io.kpromo.forge.NewIssue;
import io.kpromo.forge.Slug;
import java.util.List;
import java.util.Optional;

/// The issues of a repository, asked each thing once.
record RememberedIssues(Issues issues, Slug repository, Memory memory) implements Issues {
    @Override
    public Optional<Issue> get(long number) throws InterruptedException {
        return memory.answer(List.of("issue", repository, number), () -> issues.get(number));
    }

    @Override
    public List<Issue> titled(String title) throws InterruptedException {
        return memory.answer(List.of("issues", repository, title), () -> issues.titled(title));
    }

    @Override
    public Issue create(NewIssue issue) throws InterruptedException {
        return memory.change(repository, () -> issues.create(issue));
    }

    @Override
    public Issue update(Issue asRead, String body) throws InterruptedException {
        return memory.change(repository, () -> issues.update(asRead, body));
    }

    @Override
    public void close(long number) throws InterruptedException {
        memory.change(repository, () -> {
            issues.close(number);
            return number;
        });
    }

    @Override
    public List<Comment> comments(long number) throws InterruptedException {
        return memory.answer(List.of("comments", repository, number), () -> issues.comments(number));
    }

    @Override
    public Comment comment(long number, String body) throws InterruptedException {
        return memory.change(repository, () -> issues.comment(number, body));
    }
}
