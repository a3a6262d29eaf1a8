// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import io.kpromo.images.manifest.Entry;
import io.kpromo.images.manifest.Image;
import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.manifest.Registry;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problem;
import io.kpromo.yaml.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Turns manifests into a [DesiredState]: gathers who writes into each destination repository, and merges each
/// combination of writers once, however many destinations share it.
final class Merging {
    /// An image of a manifest as a writer into repositories. An identity, not a value: comparing all entries
    /// would cost more than merging them.
    private static final class Writer implements Comparable<Writer> {
        final Repository source;
        final Image image;

        Writer(Repository source, Image image) {
            this.source = source;
            this.image = image;
        }

        @Override
        public int compareTo(Writer other) {
            int byPlace = image.place().compareTo(other.image.place());
            return byPlace != 0 ? byPlace : source.compareTo(other.source);
        }
    }

    /// Who asked for a tag, and the digest it shall point to.
    private record Asked(Digest digest, Repository source, Place place) {
        @Override
        public String toString() {
            return digest + " from " + source + " (" + place + ")";
        }
    }

    private final List<Problem> duplicates = new ArrayList<>();
    private final Problems overlaps = new Problems();

    DesiredState state(List<PromoterManifest> manifests) {
        Map<List<Writer>, List<Repository>> destinations = new LinkedHashMap<>();
        writers(manifests)
                .forEach((repository, writers) -> destinations
                        .computeIfAbsent(writers, w -> new ArrayList<>())
                        .add(repository));
        List<WantedRepository> wanted = new ArrayList<>();
        destinations.forEach((writers, repositories) -> {
            List<WantedContent> contents = merge(writers, repositories);
            if (!contents.isEmpty()) {
                repositories.forEach(r -> wanted.add(new WantedRepository(r, contents)));
            }
        });
        overlaps.throwIfAny();
        return new DesiredState(wanted, duplicates);
    }

    /// By repository, sorted; the writers of each in the order of their places, so that "first" means the same in
    /// every run.
    private static Map<Repository, List<Writer>> writers(List<PromoterManifest> manifests) {
        Map<Repository, List<Writer>> writers = new TreeMap<>();
        for (PromoterManifest manifest : manifests) {
            for (Image image : manifest.images()) {
                Writer writer = new Writer(manifest.source().name().repository(image.name()), image);
                for (Registry destination : manifest.destinations()) {
                    List<Writer> all = writers.computeIfAbsent(
                            destination.name().repository(image.name()), r -> new ArrayList<>(1));
                    if (!all.contains(writer)) { // a destination that is named twice in one manifest
                        all.add(writer);
                    }
                }
            }
        }
        writers.values().forEach(all -> all.sort(null));
        return writers;
    }

    /// What these writers together want in each of these repositories.
    private List<WantedContent> merge(List<Writer> writers, List<Repository> repositories) {
        Map<Digest, Gathering> contents = new HashMap<>();
        Map<Tag, Asked> firsts = new HashMap<>();
        Map<Tag, List<Asked>> conflicts = new TreeMap<>();
        for (Writer writer : writers) {
            for (Entry entry : writer.image.entries()) {
                Gathering known = contents.get(entry.digest());
                Gathering content = known == null ? new Gathering(entry) : known;
                contents.put(entry.digest(), content);
                content.from(writer.source);
                if (known != null
                        && entry.tags().isEmpty()
                        && known.first.tags().isEmpty()) {
                    duplicate(repositories, "@" + entry.digest(), entry.place(), known.first.place());
                }
                for (int i = 0; i < entry.tags().size(); i++) {
                    Tag tag = entry.tags().get(i);
                    Asked asked = new Asked(
                            entry.digest(), writer.source, entry.tagPlaces().get(i));
                    Asked first = firsts.putIfAbsent(tag, asked);
                    if (first == null) {
                        content.add(tag, asked.place);
                    } else if (first.digest.equals(asked.digest)) {
                        duplicate(repositories, ":" + tag, asked.place, first.place);
                    } else {
                        conflicts
                                .computeIfAbsent(tag, t -> new ArrayList<>(List.of(first)))
                                .add(asked);
                    }
                }
            }
        }
        conflicts.forEach((tag, parties) -> overlap(repositories, tag, parties));
        return sorted(contents.values());
    }

    private void overlap(List<Repository> repositories, Tag tag, List<Asked> parties) {
        String who = parties.stream().map(Asked::toString).collect(Collectors.joining(", "));
        overlaps.add(
                parties.getLast().place,
                "overlapping edges: " + named(repositories, ":" + tag) + " would point to different digests: " + who
                        + "; a tag points to one digest, keep one of them");
    }

    private void duplicate(List<Repository> repositories, String reference, Place place, Place kept) {
        duplicates.add(
                new Problem(place, named(repositories, reference) + " is wanted here once more; kept is " + kept));
    }

    private static String named(List<Repository> repositories, String reference) {
        int others = repositories.size() - 1;
        return repositories.getFirst()
                + reference
                + (others == 0
                        ? ""
                        : " (and in " + others + (others == 1 ? " other repository)" : " other repositories)"));
    }

    private static List<WantedContent> sorted(Collection<Gathering> gathered) {
        return gathered.stream()
                .map(Gathering::content)
                .sorted((a, b) -> a.digest().compareTo(b.digest()))
                .toList();
    }
}
