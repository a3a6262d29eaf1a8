// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.feed.Laggards;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Copies contents to many repositories at once, each blob read once.
///
/// It is up to the caller to know what is missing where: a root manifest that is in a repository already should
/// not be among the deliveries. One destination's failure ends nothing but that destination's deliveries.
public final class Copier {
    private final Workshop shop;
    private final SourceTrees trees;

    /// @param trees what has been fetched of the sources already
    /// @param index what destinations are known to hold already; it learns
    public Copier(
            Registries registries, CopyOptions options, SourceTrees trees, BlobIndex index, CopyListener listener) {
        this.shop = Workshop.of(registries, options, index, listener);
        this.trees = trees;
    }

    /// Copies all jobs. What failed is told to the listener, never thrown.
    ///
    /// @throws InterruptedException when told to stop; every tag that was written points to something complete
    public void copy(List<CopyJob> jobs) throws InterruptedException {
        int size = shop.options().wave();
        for (int from = 0; from < jobs.size(); from += size) {
            new Wave(jobs.subList(from, Math.min(jobs.size(), from + size))).run();
        }
    }

    /// Contents whose manifests are all known before the first blob moves, so that each blob knows all its takers.
    private final class Wave {
        private final List<CopyJob> jobs;
        private final Map<CopyJob, ContentTree> contents = new LinkedHashMap<>();
        private final Map<Digest, BlobTransfer> transfers = new LinkedHashMap<>();
        private final TreeWriter writer = new TreeWriter(shop, transfers);

        Wave(List<CopyJob> jobs) {
            this.jobs = jobs;
        }

        void run() throws InterruptedException {
            fetch();
            contents.forEach(this::demand);
            Semaphore permits = new Semaphore(shop.options().contents(), true);
            try (Crew crew = new Crew("copy")) {
                for (Map.Entry<CopyJob, ContentTree> content : contents.entrySet()) {
                    permits.acquire();
                    crew.start(() -> copy(content.getKey(), content.getValue(), permits, crew));
                }
                crew.join();
            }
        }

        private void fetch() throws InterruptedException {
            ContentTree[] found = new ContentTree[jobs.size()];
            try (Crew crew = new Crew("fetch")) {
                for (int i = 0; i < found.length; i++) {
                    int n = i;
                    crew.start(() -> tree(jobs.get(n)).ifPresent(tree -> found[n] = tree));
                }
                crew.join();
            }
            for (int i = 0; i < found.length; i++) {
                if (found[i] != null) {
                    contents.put(jobs.get(i), found[i]);
                }
            }
        }

        private Optional<ContentTree> tree(CopyJob job) throws InterruptedException {
            try {
                return Optional.of(trees.tree(job.source(), job.root()));
            } catch (OciException e) {
                job.deliveries().forEach(delivery -> shop.listener().finished(job, delivery, Optional.of(e)));
                return Optional.empty();
            }
        }

        private void demand(CopyJob job, ContentTree tree) {
            List<Repository> destinations =
                    job.deliveries().stream().map(Delivery::into).toList();
            for (Descriptor blob : tree.blobs()) {
                // Where source and destination are one host, nothing has to travel.
                shop.index().learned(blob.digest(), job.source());
                transfers
                        .computeIfAbsent(blob.digest(), digest -> new BlobTransfer(shop, blob))
                        .need(job.source(), destinations);
            }
        }

        /// Holds its permit until all destinations but the laggards have the content.
        private void copy(CopyJob job, ContentTree tree, Semaphore permits, Crew crew) throws InterruptedException {
            shop.listener().started(job);
            List<Host> hosts = job.deliveries().stream()
                    .map(delivery -> delivery.into().host())
                    .toList();
            Laggards<Host>.Outstanding outstanding = shop.laggards().outstanding(hosts);
            AtomicInteger left = new AtomicInteger(hosts.size());
            try {
                for (Descriptor blob : tree.blobs()) {
                    Optional.ofNullable(transfers.get(blob.digest()))
                            .orElseThrow()
                            .start(crew);
                }
                for (Delivery delivery : job.deliveries()) {
                    crew.start(() -> {
                        deliver(job, tree, delivery);
                        outstanding.done(delivery.into().host());
                        if (left.decrementAndGet() == 0) {
                            trees.letGo(job.source(), tree);
                        }
                    });
                }
                outstanding.awaitTheOthers();
            } finally {
                permits.release();
            }
        }

        private void deliver(CopyJob job, ContentTree tree, Delivery delivery) throws InterruptedException {
            Optional<OciException> failure = Optional.empty();
            try {
                writer.write(job.source(), tree, delivery);
            } catch (OciException e) {
                failure = Optional.of(e);
            }
            shop.listener().finished(job, delivery, failure);
        }
    }
}
