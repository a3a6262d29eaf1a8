// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import java.util.ArrayList;
import java.util.List;

/// A release of a [World].
final class Published {
    /// @param whole whether all of it came
    @SuppressWarnings("ArrayRecordComponent")
    record File(long id, String name, byte[] content, boolean whole) {}

    final long id;
    final List<File> assets = new ArrayList<>();
    String tag;
    String target = "";
    String name = "";
    String body = "";
    boolean draft;
    boolean prerelease;

    Published(long id, String tag) {
        this.id = id;
        this.tag = tag;
    }

    Published copy() {
        Published copy = new Published(id, tag);
        copy.assets.addAll(assets);
        copy.target = target;
        copy.name = name;
        copy.body = body;
        copy.draft = draft;
        copy.prerelease = prerelease;
        return copy;
    }
}
