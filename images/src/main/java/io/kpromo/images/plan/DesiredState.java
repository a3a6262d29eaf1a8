// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.yaml.Problem;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What registries shall hold once the manifests are carried out.
///
/// Kept as a product, not as a list of edges: destinations that want the same share one list of contents. So a
/// project with 9,000 digests and 40 destinations costs 9,000 values and not 360,000.
public final class DesiredState {
    private final List<WantedRepository> repositories;
    private final List<Problem> duplicates;

    DesiredState(List<WantedRepository> repositories, List<Problem> duplicates) {
        this.repositories = repositories.stream().sorted().toList();
        this.duplicates = duplicates.stream().sorted().toList();
    }

    /// All that these manifests want; their order does not matter.
    ///
    /// @throws io.kpromo.yaml.InvalidInputException when a destination tag would get two digests (overlapping
    ///     edges), with the places of all that ask for it
    public static DesiredState of(List<PromoterManifest> manifests) {
        return new Merging().state(manifests);
    }

    /// Sorted by host and path, each repository once, none without contents.
    public List<WantedRepository> repositories() {
        return repositories;
    }

    /// The same repositories by host, hosts sorted.
    public SequencedMap<Host, List<WantedRepository>> byHost() {
        SequencedMap<Host, List<WantedRepository>> hosts = new TreeMap<>();
        for (WantedRepository repository : repositories) {
            hosts.computeIfAbsent(repository.destination().host(), h -> new ArrayList<>())
                    .add(repository);
        }
        return hosts;
    }

    /// Tags and untagged digests that more than one manifest puts into the same repository; the first place is
    /// kept, each line here is one that was not. To be logged.
    public List<Problem> duplicates() {
        return duplicates;
    }

    /// One for each destination tag and each digest without a tag, over all destinations.
    public long edges() {
        return repositories.stream().mapToLong(WantedRepository::edges).sum();
    }

    /// Pairs of destination repository and digest.
    public long contents() {
        return repositories.stream().mapToLong(r -> r.contents().size()).sum();
    }

    public boolean isEmpty() {
        return repositories.isEmpty();
    }

    /// Only digests that pass, for example those a change added.
    public DesiredState keeping(Predicate<Digest> filter) {
        IdentityHashMap<List<WantedContent>, List<WantedContent>> kept = new IdentityHashMap<>();
        List<WantedRepository> rest = new ArrayList<>();
        for (WantedRepository repository : repositories) {
            List<WantedContent> contents = kept.computeIfAbsent(
                    repository.contents(),
                    all -> all.stream().filter(c -> filter.test(c.digest())).toList());
            if (!contents.isEmpty()) {
                rest.add(new WantedRepository(repository.destination(), contents));
            }
        }
        return new DesiredState(rest, duplicates);
    }

    /// Only destinations at or below this name.
    public DesiredState within(RegistryName destination) {
        return new DesiredState(
                repositories.stream()
                        .filter(r -> destination.holds(r.destination()))
                        .toList(),
                duplicates);
    }

    /// One machine's share of the work. Shares are cut by content digest: together they are the whole, no tag is
    /// in two of them, and each can be repeated by itself.
    ///
    /// @param index from 0
    /// @param count of shares, 1 or more
    public DesiredState shard(int index, int count) {
        if (count < 1 || index < 0 || index >= count) {
            throw new IllegalArgumentException("shard " + index + " of " + count + ": want 0 <= index < count");
        }
        return count == 1 ? this : keeping(digest -> shardOf(digest, count) == index);
    }

    /// The digest's own bytes are as good as random, and the same on every machine and in every version.
    private static int shardOf(Digest digest, int count) {
        return Integer.remainderUnsigned(digest.hashCode(), count);
    }
}
