// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.plan.Observation;
import io.kpromo.images.plan.WantedContent;
import io.kpromo.images.run.PromotionListener.Phase;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.copy.SourceTrees;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Asks the sources for what some destination lacks, each content once and as soon as the first destination is
/// seen to lack it, while the others are still being asked.
final class Sources {
    /// Contents whose children are fetched ahead too, a wave of copying; more would fill the memory.
    private static final int AHEAD = 500;

    /// A content, and where it may be had.
    private record Content(Digest digest, List<Repository> sources) {}

    private final Registries registries;
    private final SourceTrees trees;
    private final ObserverOptions options;
    private final PromotionListener listener;
    private final Observation observed;
    private final Crew crew;
    private final Semaphore atOnce;
    private final Set<Content> needed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ahead = new AtomicInteger();

    /// @param trees where manifests are kept for copying
    /// @param observed gets the answers
    /// @param crew asks in the background
    Sources(
            Registries registries,
            SourceTrees trees,
            ObserverOptions options,
            PromotionListener listener,
            Observation observed,
            Crew crew) {
        this.registries = registries;
        this.trees = trees;
        this.options = options;
        this.listener = listener;
        this.observed = observed;
        this.crew = crew;
        this.atOnce = new Semaphore(options.atOnce(), true);
    }

    /// Some destination lacks it.
    void need(WantedContent wanted) {
        Content content = new Content(wanted.digest(), wanted.sources());
        if (needed.add(content)) {
            listener.more(Phase.OBSERVE, 1);
            crew.start(() -> {
                atOnce.acquire();
                try {
                    ask(content);
                } finally {
                    atOnce.release();
                }
                listener.advance(Phase.OBSERVE, 1);
            });
        }
    }

    /// The first source that has it is enough. A source that can't be read stays unknown: who copies from it will
    /// say what is wrong.
    private void ask(Content content) throws InterruptedException {
        for (Repository source : content.sources()) {
            try {
                if (holds(source, content.digest())) {
                    observed.present(source, content.digest());
                    fetchAhead(source, content.digest());
                    return;
                }
                observed.missing(source, content.digest());
            } catch (OciException e) {
                observed.unreadable(source, String.valueOf(e.getMessage()));
            }
        }
    }

    private boolean holds(Repository source, Digest digest) throws InterruptedException {
        return options.manifests()
                ? trees.manifest(source, digest).isPresent()
                : registries.manifests().head(source.at(digest)).isPresent();
    }

    private void fetchAhead(Repository source, Digest digest) throws InterruptedException {
        if (options.manifests() && ahead.incrementAndGet() <= AHEAD) {
            try {
                trees.tree(source, digest);
            } catch (OciException e) {
                // Whoever copies it asks again, and says what is wrong.
            }
        }
    }
}
