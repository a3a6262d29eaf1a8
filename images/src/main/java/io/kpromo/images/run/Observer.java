// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.plan.DesiredState;
import io.kpromo.images.plan.Observation;
import io.kpromo.images.plan.Presence;
import io.kpromo.images.plan.TagState;
import io.kpromo.images.plan.WantedContent;
import io.kpromo.images.plan.WantedRepository;
import io.kpromo.images.run.PromotionListener.Phase;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.client.TagListing;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.concurrent.Workers;
import io.kpromo.oci.copy.SourceTrees;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Finds out what registries hold, of what is wanted: a question a tag, or one listing of a repository where the
/// host has Google's form. Sources are asked only for what a destination lacks.
public final class Observer {
    private final Registries registries;
    private final SourceTrees trees;
    private final ObserverOptions options;
    private final PromotionListener listener;

    /// @param trees where manifests of sources are kept for copying
    public Observer(Registries registries, SourceTrees trees, ObserverOptions options, PromotionListener listener) {
        this.registries = registries;
        this.trees = trees;
        this.options = options;
        this.listener = listener;
    }

    /// What can't be read is part of the answer, not an exception. The phase was begun by the caller.
    public Observation observe(DesiredState desired) throws InterruptedException {
        Observation observed = new Observation();
        try (Crew crew = new Crew("observe")) {
            Sources sources = new Sources(registries, trees, options, listener, observed, crew);
            desired.byHost().forEach((host, repositories) -> {
                HostReader reader = new HostReader(host, observed, sources);
                crew.start(() -> reader.read(repositories));
            });
            crew.join();
        }
        return observed;
    }

    /// Reads the repositories of one destination host.
    private final class HostReader {
        private final Observation observed;
        private final Sources sources;
        private final Set<Repository> known = ConcurrentHashMap.newKeySet();
        private final Map<Repository, Set<String>> plain = new ConcurrentHashMap<>();
        private volatile boolean lists;

        HostReader(Host host, Observation observed, Sources sources) {
            this.observed = observed;
            this.sources = sources;
            this.lists = options.lists(host);
        }

        void read(List<WantedRepository> repositories) throws InterruptedException {
            // A host that nobody knows is asked for a listing once, where that may save many questions.
            for (WantedRepository repository : repositories) {
                if (!lists && repository.edges() >= options.tryListing()) {
                    list(repository);
                    break;
                }
            }
            Workers.each(repositories, options.atOnce(), this::readOne);
        }

        private void readOne(WantedRepository repository) throws InterruptedException {
            if (lists && repository.edges() > 1) {
                list(repository);
            }
            if (known.contains(repository.destination())) {
                listener.advance(Phase.OBSERVE, repository.edges());
            } else {
                Workers.each(repository.contents(), options.atOnce(), content -> ask(repository, content));
            }
            repository.contents().forEach(content -> noteLacking(repository, content));
        }

        /// Afterwards the whole repository is known, or known to be unreadable; or the host has only the plain
        /// form, and what is not in it is known to be absent.
        private void list(WantedRepository repository) throws InterruptedException {
            Repository destination = repository.destination();
            if (known.contains(destination)) {
                return;
            }
            try {
                switch (registries.tags().list(destination)) {
                    case TagListing.Google all -> {
                        Listings.note(all, destination, observed);
                        lists = true;
                    }
                    case TagListing.Plain(List<String> tags) -> {
                        plain.put(destination, Set.copyOf(tags));
                        lists = false;
                        return;
                    }
                    case TagListing.Missing() -> observed.complete(destination);
                }
            } catch (OciException e) {
                observed.unreadable(destination, String.valueOf(e.getMessage()));
            }
            known.add(destination);
        }

        private void ask(WantedRepository repository, WantedContent content) throws InterruptedException {
            Repository destination = repository.destination();
            Workers.each(content.tags(), options.atOnce(), tag -> {
                askTag(destination, content, tag);
                listener.advance(Phase.OBSERVE, 1);
            });
            if (lacks(destination, content)) {
                askDigest(destination, content.digest());
            }
            if (content.tags().isEmpty()) {
                listener.advance(Phase.OBSERVE, 1);
            }
        }

        private void askTag(Repository destination, WantedContent content, Tag tag) throws InterruptedException {
            Set<String> listed = plain.get(destination);
            if (listed != null && !listed.contains(tag.text())) {
                observed.absent(destination, tag);
                return;
            }
            try {
                registries
                        .manifests()
                        .head(destination.at(tag))
                        .ifPresentOrElse(
                                found ->
                                        observed.pointsTo(destination, tag, interned(found.digest(), content.digest())),
                                () -> observed.absent(destination, tag));
            } catch (OciException e) {
                observed.unreadable(destination, tag, String.valueOf(e.getMessage()));
            }
        }

        private void askDigest(Repository destination, Digest digest) throws InterruptedException {
            try {
                if (registries.manifests().head(destination.at(digest)).isPresent()) {
                    observed.present(destination, digest);
                } else {
                    observed.missing(destination, digest);
                }
            } catch (OciException e) {
                observed.unreadable(destination, String.valueOf(e.getMessage()));
            }
        }

        private void noteLacking(WantedRepository repository, WantedContent content) {
            Repository destination = repository.destination();
            if (lacks(destination, content) && observed.failure(destination).isEmpty()) {
                sources.need(content);
            }
        }

        /// Whether something is to be written that needs the content, which nothing seen so far proves to be
        /// there.
        private boolean lacks(Repository destination, WantedContent content) {
            return observed.presence(destination, content.digest()) != Presence.PRESENT
                    && (content.tags().isEmpty()
                            || content.tags().stream()
                                    .anyMatch(tag -> observed.tag(destination, tag) instanceof TagState.Absent));
        }

        /// A million answers need not hold a million copies of the same digest.
        private static Digest interned(Digest found, Digest wanted) {
            return found.equals(wanted) ? wanted : found;
        }
    }
}
