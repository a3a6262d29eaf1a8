// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Upload;
import io.kpromo.oci.client.Uploads.Opened;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.feed.Feed;
import io.kpromo.oci.feed.Supply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The way of one blob of known size to the hosts that need it, while it is being read: sent once to each host,
/// mounted in the host's other repositories.
final class Route {
    /// Requests with a large body that a host is given at a time, for each stream.
    static final int TAKERS = 2;

    private final Workshop shop;
    private final Arrivals arrivals;
    private final BlobOrigin origin;
    private final Feed feed;
    private final Crew reader;
    private final AtomicBoolean reading = new AtomicBoolean();

    /// @param feed what is read for all
    /// @param reader reads into it, as soon as the first wants bytes
    Route(Workshop shop, Arrivals arrivals, BlobOrigin origin, Feed feed, Crew reader) {
        this.shop = shop;
        this.arrivals = arrivals;
        this.origin = origin;
        this.feed = feed;
        this.reader = reader;
    }

    /// Takes the places that one host needs. A host that mounts needs the bytes once, any other once for each
    /// repository.
    HostPart part(Host host, List<Repository> repositories) {
        Optional<Repository> holder = shop.index().whereabouts(digest(), host);
        boolean mounts = shop.mounts(host);
        List<Repository> takers = !mounts ? repositories : holder.isPresent() ? List.of() : repositories.subList(0, 1);
        // More than find a slot at the same time would wait for each other, unless all of it stays in memory.
        int most = shop.options().holds(blob().size())
                ? takers.size()
                : Math.min(takers.size(), TAKERS * shop.options().streams());
        Map<Repository, Supply> places = new LinkedHashMap<>();
        takers.subList(0, most).forEach(into -> places.put(into, supply(into)));
        takers.subList(most, takers.size())
                .forEach(into -> places.put(into, Supply.alone(origin, shop.taker(into, () -> {}))));
        return new HostPart(host, repositories, mounts ? holder : Optional.empty(), mounts, places);
    }

    /// Sends to one repository of the host, the next if that fails, and mounts from there; sends to all at once
    /// where the host is known not to mount.
    void serve(HostPart part) throws InterruptedException {
        List<Repository> left = new ArrayList<>(part.repositories());
        Optional<Repository> holder = part.holder();
        while (part.mounts() && holder.isEmpty() && !left.isEmpty()) {
            Repository next = left.removeFirst();
            if (arrive(next, () -> send(next, place(part, next)))) {
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
                        send(into, place(part, into));
                    }
                }));
            }
            crew.join();
        }
    }

    private boolean arrive(Repository into, Crew.Work work) throws InterruptedException {
        return arrivals.bring(into, () -> {
            work.run();
            shop.index().learned(digest(), into);
        });
    }

    private void send(Repository into, Supply supply) throws InterruptedException {
        try (supply) {
            if (!shop.sender().send(into, blob(), Content.of(supply), false)) {
                shop.listener().mounted(into, blob().size());
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
                shop.sender().deliver(into, blob(), upload, Content.of(supply));
            }
        } else {
            shop.listener().mounted(into, blob().size());
        }
    }

    private Supply place(HostPart part, Repository into) {
        return part.place(into).orElseGet(() -> supply(into));
    }

    /// A place in what is read for all; a laggard reads alone.
    private Supply supply(Repository into) {
        return shop.laggards().contains(into.host())
                ? Supply.alone(origin, shop.taker(into, () -> {}))
                : new Supply(origin, feed.share(), shop.taker(into, this::startReading));
    }

    private void startReading() {
        if (reading.compareAndSet(false, true)) {
            reader.start(() -> feed.readFrom(origin));
        }
    }

    private Descriptor blob() {
        return origin.blob();
    }

    private Digest digest() {
        return blob().digest();
    }
}
