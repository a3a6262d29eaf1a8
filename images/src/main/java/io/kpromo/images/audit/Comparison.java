// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.audit;

import io.kpromo.images.plan.WantedContent;
import io.kpromo.images.run.Inventory.Held;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.Registries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One repository of production against what is wanted of it.
final class Comparison {
    private final Repository repository;
    private final Map<Digest, Held> held;
    private final boolean tagless;
    private final Registries registries;
    private final Map<Tag, Digest> tags = new HashMap<>();

    /// @param tagless whether untagged manifests are not among `held`
    Comparison(Repository repository, Map<Digest, Held> held, boolean tagless, Registries registries) {
        this.repository = repository;
        this.held = held;
        this.tagless = tagless;
        this.registries = registries;
        held.forEach((digest, manifest) -> manifest.tags().forEach(tag -> tags.put(tag, digest)));
    }

    /// What is missing and what moved.
    List<Finding> wanted(List<WantedContent> contents) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (WantedContent content : contents) {
            List<Tag> missing = new ArrayList<>();
            for (Tag tag : content.tags()) {
                Optional<Digest> to = Optional.ofNullable(tags.get(tag));
                if (to.isEmpty()) {
                    missing.add(tag);
                } else if (!to.get().equals(content.digest())) {
                    findings.add(new Finding.Moved(repository, content, tag, to.get()));
                }
            }
            if (!missing.isEmpty() || (content.tags().isEmpty() && !holds(content.digest()))) {
                findings.add(new Finding.Missing(repository, content, List.copyOf(missing)));
            }
        }
        return findings;
    }

    /// What no manifest names: tags, and manifests that belong to nothing that is named.
    List<Finding> unnamed(List<WantedContent> contents, Attachments attachments) throws InterruptedException {
        Set<Digest> named = new HashSet<>();
        Set<Tag> wanted = new HashSet<>();
        contents.forEach(content -> {
            named.add(content.digest());
            wanted.addAll(content.tags());
        });
        Attachments.Belongings belongings = attachments.of(repository, held, named);
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<Digest, Held> entry : new TreeMap<>(held).entrySet()) {
            // A wanted tag on another digest has moved, and is told as that.
            List<Tag> extra = entry.getValue().tags().stream()
                    .filter(tag -> !wanted.contains(tag) && !Audit.isAttachment(tag))
                    .toList();
            boolean alone = entry.getValue().tags().isEmpty()
                    && !named.contains(entry.getKey())
                    && !belongings.contains(entry.getKey());
            if (!extra.isEmpty() || alone) {
                findings.add(new Finding.Unnamed(repository, entry.getKey(), extra));
            }
        }
        return findings;
    }

    /// The wanted contents that are there.
    List<Digest> inPlace(List<WantedContent> contents) throws InterruptedException {
        List<Digest> there = new ArrayList<>();
        for (WantedContent content : contents) {
            if (holds(content.digest())) {
                there.add(content.digest());
            }
        }
        return there;
    }

    private boolean holds(Digest digest) throws InterruptedException {
        return held.containsKey(digest)
                || (tagless
                        && registries.manifests().head(repository.at(digest)).isPresent());
    }
}
