// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.HostFacts.Ability;
import io.kpromo.oci.client.HostFacts.Fact;
import io.kpromo.oci.client.Upload;
import io.kpromo.oci.client.Uploads.Opened;
import io.kpromo.oci.concurrent.Crew;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// One blob on its way to every repository of a wave that needs it: read once, sent once to each host, mounted in
/// the host's other repositories.
final class BlobTransfer {
    /// Requests with a large body that a host is given at a time, for each stream.
    private static final int TAKERS = 2;

    private final Workshop shop;
    private final Descriptor blob;
    private final List<Repository> sources = new ArrayList<>();
    private final Map<Host, List<Repository>> needed = new LinkedHashMap<>();
    private final Map<Repository, CompletableFuture<Boolean>> arrivals = new LinkedHashMap<>();
    private final AtomicBoolean started = new AtomicBoolean();

    BlobTransfer(Workshop shop, Descriptor blob) {
        this.shop = shop;
        this.blob = blob;
    }

    /// Before it starts: a content in `source` needs this blob in these repositories.
    void need(Repository source, List<Repository> destinations) {
        if (!sources.contains(source)) {
            sources.add(source);
        }
        for (Repository into : destinations) {
            if (arrivals.putIfAbsent(into, new CompletableFuture<>()) == null) {
                needed.computeIfAbsent(into.host(), host -> new ArrayList<>()).add(into);
            }
        }
    }

    /// Waits until the repository holds the blob.
    ///
    /// @throws OciException when it won't, in this run
    void await(Repository into) throws InterruptedException {
        try {
            Optional.ofNullable(arrivals.get(into)).orElseThrow().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OciException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Starts in the background, the first time it is called.
    void start(Crew crew) {
        if (started.compareAndSet(false, true)) {
            crew.start(this::run);
        }
    }

    private void run() throws InterruptedException {
        try {
            carry(shop.sized(sources, blob));
        } catch (OciException e) {
            arrivals.values().forEach(arrival -> arrival.completeExceptionally(e));
        } finally {
            OciException unknown = new OciException("copy blob " + blob.digest() + ": the work was given up");
            arrivals.values().forEach(arrival -> arrival.completeExceptionally(unknown));
        }
    }

    private void carry(Descriptor sized) throws InterruptedException {
        boolean small = shop.options().holds(sized.size());
        int permits = small ? 0 : permits();
        Laggards.Outstanding outstanding = shop.laggards().outstanding(needed.keySet());
        shop.streams().acquire(permits);
        try (Feed feed = Feed.shared(
                        sources.getFirst().at(digest()),
                        sized,
                        shop.window(),
                        small,
                        shop.options().window() / shop.options().streams() * Math.max(1, permits));
                Crew reader = new Crew("read " + digest());
                Crew senders = new Crew("send " + digest())) {
            try {
                Route route = new Route(shop.origin(sources, sized), feed, reader);
                startAll(route, senders, outstanding, small);
                outstanding.awaitTheOthers();
            } finally {
                shop.streams().release(permits);
            }
            senders.join();
        }
    }

    private void startAll(Route route, Crew senders, Laggards.Outstanding outstanding, boolean small) {
        // All places are taken before the first byte is read, so that nobody comes late.
        List<HostPart> parts = new ArrayList<>();
        needed.forEach((host, repositories) -> parts.add(route.part(host, repositories, small)));
        for (HostPart part : parts) {
            senders.start(() -> {
                try {
                    route.serve(part);
                } finally {
                    part.places().values().forEach(Supply::close);
                    outstanding.done(part.host());
                }
            });
        }
    }

    /// A large blob that goes to many repositories of a host that doesn't mount takes many of its slots at a time,
    /// and counts for more than one.
    private int permits() {
        int takers = needed.entrySet().stream()
                .filter(part -> !mounts(part.getKey()))
                .mapToInt(part -> part.getValue().size())
                .max()
                .orElse(1);
        return Math.clamp((takers + TAKERS - 1) / TAKERS, 1, shop.options().streams());
    }

    private boolean mounts(Host host) {
        return shop.registries().facts().about(host, Ability.MOUNT) != Fact.NO;
    }

    /// The repositories of one host, the one that is known to hold the blob, and the places of those that need
    /// bytes.
    private record HostPart(
            Host host,
            List<Repository> repositories,
            Optional<Repository> holder,
            boolean mounts,
            Map<Repository, Supply> places) {
        Optional<Supply> place(Repository into) {
            return Optional.ofNullable(places.get(into));
        }
    }

    /// What the repositories of one transfer share while it runs.
    private final class Route {
        private final Supply.Origin origin;
        private final Feed feed;
        private final Crew reader;
        private final AtomicBoolean reading = new AtomicBoolean();

        Route(Supply.Origin origin, Feed feed, Crew reader) {
            this.origin = origin;
            this.feed = feed;
            this.reader = reader;
        }

        /// A host that mounts needs the bytes once, any other once for each repository.
        HostPart part(Host host, List<Repository> repositories, boolean small) {
            Optional<Repository> holder = shop.index().whereabouts(digest(), host);
            boolean mounts = mounts(host);
            Map<Repository, Supply> places = new LinkedHashMap<>();
            List<Repository> takers =
                    !mounts ? repositories : holder.isPresent() ? List.of() : repositories.subList(0, 1);
            // More than find a slot at the same time would wait for each other.
            int most = small
                    ? takers.size()
                    : Math.min(takers.size(), TAKERS * shop.options().streams());
            takers.subList(0, most).forEach(into -> places.put(into, supply(into)));
            takers.subList(most, takers.size()).forEach(into -> places.put(into, Supply.alone(origin, into)));
            return new HostPart(host, repositories, mounts ? holder : Optional.empty(), mounts, places);
        }

        /// Sends to one repository of the host, the next if that fails, and mounts from there; sends to all at once
        /// where the host is known not to mount.
        void serve(HostPart part) throws InterruptedException {
            List<Repository> left = new ArrayList<>(part.repositories());
            Optional<Repository> holder = part.holder();
            while (part.mounts() && holder.isEmpty() && !left.isEmpty()) {
                Repository next = left.removeFirst();
                if (arrive(next, () -> send(next, part.place(next).orElseGet(() -> supply(next))))) {
                    holder = Optional.of(next);
                }
            }
            Optional<Repository> from = holder;
            try (Crew crew = new Crew("spread " + digest())) {
                for (Repository into : left) {
                    crew.start(() -> arrive(into, () -> {
                        if (from.isPresent()) {
                            mount(into, from.get());
                        } else {
                            send(into, part.place(into).orElseGet(() -> supply(into)));
                        }
                    }));
                }
                crew.join();
            }
        }

        private void send(Repository into, Supply supply) throws InterruptedException {
            try (supply) {
                if (!shop.sender().send(into, origin.blob(), supply, false)) {
                    shop.listener().mounted(into, origin.blob().size());
                }
                if (supply.leftBehind()) {
                    shop.laggards().add(into.host());
                }
            }
        }

        private void mount(Repository into, Repository from) throws InterruptedException {
            if (from.equals(into)) {
                return;
            }
            Opened opened = shop.registries().uploads().mount(into, digest(), from);
            if (opened instanceof Opened.Open(Upload upload)) {
                try (Supply supply = supply(into)) {
                    shop.sender().deliver(into, origin.blob(), upload, supply);
                }
            } else {
                shop.listener().mounted(into, origin.blob().size());
            }
        }

        /// A place in what is read for all; a laggard reads alone.
        private Supply supply(Repository into) {
            return shop.laggards().contains(into.host())
                    ? Supply.alone(origin, into)
                    : new Supply(origin, feed.share(), into, this::startReading);
        }

        private void startReading() {
            if (reading.compareAndSet(false, true)) {
                reader.start(() -> origin.readInto(feed));
            }
        }
    }

    private Digest digest() {
        return blob.digest();
    }

    private boolean arrive(Repository into, Crew.Work work) throws InterruptedException {
        CompletableFuture<Boolean> arrival =
                Optional.ofNullable(arrivals.get(into)).orElseThrow();
        try {
            work.run();
            shop.index().learned(digest(), into);
            arrival.complete(true);
            return true;
        } catch (OciException e) {
            arrival.completeExceptionally(e);
            return false;
        }
    }
}
