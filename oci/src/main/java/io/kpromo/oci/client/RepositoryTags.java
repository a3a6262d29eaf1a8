// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The tags of one repository and what they point to: one listing, and a `HEAD` for each digest that was not in it.
/// For one thread.
public final class RepositoryTags {
    private final Registries registries;
    private final Repository repository;
    private final Map<String, Digest> known = new LinkedHashMap<>();

    public RepositoryTags(Registries registries, Repository repository) {
        this.registries = registries;
        this.repository = repository;
    }

    /// All tags, in no order; empty where there is no such repository. One request a page.
    public Optional<List<String>> names() throws InterruptedException {
        return switch (registries.tags().list(repository)) {
            case TagListing.Missing() -> Optional.empty();
            case TagListing.Plain(var tags) -> Optional.of(tags);
            case TagListing.Google(var manifests, var children) -> {
                manifests.forEach((digest, entry) -> entry.tags().forEach(tag -> known.put(tag, digest)));
                // A folder of repositories is no repository, though Google answers for it.
                yield manifests.isEmpty() && !children.isEmpty()
                        ? Optional.empty()
                        : Optional.of(List.copyOf(known.keySet()));
            }
        };
    }

    /// What these tags point to. A tag that is gone meanwhile is left out. One request for each that the listing
    /// did not tell, as many at a time as the transport gives a host.
    public Map<String, Digest> digests(Collection<String> tags) throws InterruptedException {
        Map<String, Digest> digests = new ConcurrentHashMap<>();
        List<Future<?>> questions = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (String tag : tags) {
                Optional<Digest> seen = Optional.ofNullable(known.get(tag));
                seen.ifPresentOrElse(
                        digest -> digests.put(tag, digest),
                        () -> questions.add(threads.submit(() -> ask(tag, digests))));
            }
            for (Future<?> question : questions) {
                question.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof OciException said ? said : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return digests;
    }

    private Optional<Digest> ask(String tag, Map<String, Digest> digests) throws InterruptedException {
        Optional<Digest> digest =
                registries.manifests().head(repository.at(new Tag(tag))).map(Descriptor::digest);
        digest.ifPresent(found -> digests.put(tag, found));
        return digest;
    }
}
