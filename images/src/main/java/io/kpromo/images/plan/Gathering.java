// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import io.kpromo.images.manifest.Entry;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.yaml.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A [WantedContent] in the making. Most digests have one writer and a tag or two, so small lists do.
final class Gathering {
    private record Wish(Tag tag, Place place) {}

    final Entry first;
    private final List<Wish> wishes = new ArrayList<>(2);
    private List<Repository> sources = List.of();

    Gathering(Entry first) {
        this.first = first;
    }

    void from(Repository source) {
        if (sources.isEmpty()) {
            sources = List.of(source);
        } else if (!sources.contains(source)) {
            List<Repository> all = new ArrayList<>(sources);
            all.add(source);
            all.sort(null);
            sources = List.copyOf(all);
        }
    }

    void add(Tag tag, Place place) {
        wishes.add(new Wish(tag, place));
    }

    WantedContent content() {
        wishes.sort(Comparator.comparing(Wish::tag));
        return new WantedContent(
                first.digest(),
                sources,
                wishes.stream().map(Wish::tag).toList(),
                first.place(),
                wishes.stream().map(Wish::place).toList());
    }
}
