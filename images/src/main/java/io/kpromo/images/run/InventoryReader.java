// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.manifest.RegistryName;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.client.TagListing;
import io.kpromo.oci.concurrent.Workers;
import io.kpromo.oci.http.RegistryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Reads everything below a registry path: by Google's listings where the host has them, else by the catalogue
/// and a question for each tag.
public final class InventoryReader {
    private static final int AT_ONCE = 32;

    private final Registries registries;
    private final SortedRepositories found = new SortedRepositories();
    private final Set<Repository> tagless = ConcurrentHashMap.newKeySet();

    public InventoryReader(Registries registries) {
        this.registries = registries;
    }

    /// Everything at or below a registry path; the whole registry where that has no path.
    ///
    /// @throws OciException when something there can't be read; what isn't there is an empty answer
    public Inventory read(RegistryName area) throws InterruptedException {
        Host host = area.host();
        String path = area.path();
        TagListing listing = listing(host, path);
        if (listing instanceof TagListing.Google google) {
            walk(host, path, google);
        } else {
            Workers.each(repositories(host, path, listing), 8, this::readPlain);
        }
        return new Inventory(Collections.unmodifiableSortedMap(new TreeMap<>(found)), Set.copyOf(tagless));
    }

    private TagListing listing(Host host, String path) throws InterruptedException {
        try {
            return registries.tags().list(host, path);
        } catch (RegistryException e) {
            // The root is no repository to most registries, and some say so with other words than "not found".
            if (path.isEmpty() && !e.temporary() && e.status() != 401) {
                return new TagListing.Missing();
            }
            throw e;
        }
    }

    private void walk(Host host, String path, TagListing.Google listing) throws InterruptedException {
        if (!path.isEmpty() && !listing.manifests().isEmpty()) {
            Map<Digest, Inventory.Held> held = found.in(new Repository(host, path));
            listing.manifests()
                    .forEach((digest, entry) -> held.put(
                            digest, new Inventory.Held(entry.mediaType(), tags(entry.tags()), entry.uploaded())));
        }
        Workers.each(listing.children(), AT_ONCE, child -> {
            String below = path.isEmpty() ? child : path + "/" + child;
            if (registries.tags().list(host, below) instanceof TagListing.Google more) {
                walk(host, below, more);
            }
        });
    }

    /// Names at or below the path. A registry without a catalogue can still show one repository.
    private List<Repository> repositories(Host host, String path, TagListing listing) throws InterruptedException {
        List<Repository> all = new ArrayList<>();
        try {
            for (String name : registries.tags().catalogue(host)) {
                if (path.isEmpty() || name.equals(path) || name.startsWith(path + "/")) {
                    all.add(new Repository(host, name));
                }
            }
        } catch (RegistryException e) {
            if (!(listing instanceof TagListing.Plain)) {
                throw new OciException(
                        "read " + host + "/" + path
                                + ": it is no repository, and the registry does not list those below (" + e.getMessage()
                                + "); name a repository",
                        e);
            }
        }
        if (listing instanceof TagListing.Plain) {
            Repository itself = new Repository(host, path);
            if (!all.contains(itself)) {
                all.add(itself);
            }
        }
        return all;
    }

    private void readPlain(Repository repository) throws InterruptedException {
        if (!(registries.tags().list(repository) instanceof TagListing.Plain(List<String> names))) {
            return;
        }
        tagless.add(repository);
        Map<Digest, Inventory.Held> held = found.in(repository);
        Workers.each(tags(names), AT_ONCE, tag -> {
            Optional<Descriptor> manifest = registries.manifests().head(repository.at(tag));
            manifest.ifPresent(m -> held.computeIfAbsent(
                            m.digest(), digest -> new Inventory.Held(m.mediaType(), newTags(), 0))
                    .tags()
                    .add(tag));
        });
    }

    private static SortedSet<Tag> newTags() {
        return Collections.synchronizedSortedSet(new TreeSet<>());
    }

    private static SortedSet<Tag> tags(List<String> names) {
        TreeSet<Tag> tags = new TreeSet<>();
        for (String name : names) {
            try {
                tags.add(new Tag(name));
            } catch (InvalidNameException e) {
                // What isn't a tag by the grammar can't be asked for.
            }
        }
        return tags;
    }

    private static final class SortedRepositories
            extends ConcurrentSkipListMap<Repository, Map<Digest, Inventory.Held>> {
        private static final long serialVersionUID = 1L;

        Map<Digest, Inventory.Held> in(Repository repository) {
            return computeIfAbsent(repository, name -> new ConcurrentHashMap<>());
        }
    }
}
