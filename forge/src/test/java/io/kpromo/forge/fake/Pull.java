// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import io.kpromo.forge.Slug;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A pull request of a [World].
final class Pull {
    final long number;
    final String author;
    final Instant created;
    final List<String> labels = new ArrayList<>();
    String title;
    String body;
    boolean open = true;
    Slug head;
    String headBranch = "gone";
    String headCommit = "";
    String base = "main";
    Instant touched;
    Instant mergedAt = Instant.MAX;
    Optional<String> merged = Optional.empty();

    Pull(long number, Slug head, String title, String body, String author, Instant created) {
        this.number = number;
        this.head = head;
        this.title = title;
        this.body = body;
        this.author = author;
        this.created = created;
        this.touched = created;
    }

    Pull copy() {
        Pull copy = new Pull(number, head, title, body, author, created);
        copy.labels.addAll(labels);
        copy.open = open;
        copy.headBranch = headBranch;
        copy.headCommit = headCommit;
        copy.base = base;
        copy.touched = touched;
        copy.mergedAt = mergedAt;
        copy.merged = merged;
        return copy;
    }
}
