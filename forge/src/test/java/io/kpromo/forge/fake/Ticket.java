// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import java.util.ArrayList;
import java.util.List;

/// An issue of a [World].
final class Ticket {
    record Said(long id, String author, String body) {}

    final long number;
    final List<Said> comments = new ArrayList<>();
    String title;
    String body;
    boolean open = true;

    Ticket(long number, String title, String body) {
        this.number = number;
        this.title = title;
        this.body = body;
    }

    Ticket copy() {
        Ticket copy = new Ticket(number, title, body);
        copy.comments.addAll(comments);
        copy.open = open;
        return copy;
    }
}
