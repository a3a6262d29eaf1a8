// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.plan.FileDecision.Copy;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.oci.OciException;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.feed.Feed;
import io.kpromo.oci.feed.Laggards;
import io.kpromo.oci.feed.LostPlace;
import io.kpromo.oci.feed.Supply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/// The bytes of one file: read once, from when the first wants them, and sent to all destinations at the same time.
final class FileStream implements AutoCloseable {
    private final FileWorkshop shop;
    private final FileOrigin origin;
    private final boolean small;
    private final Feed feed;
    private final Crew reader;
    private final Crew hasher;
    private final Crew senders;
    private final AtomicBoolean reading = new AtomicBoolean();
    private final ParcelSums sums = new ParcelSums();
    private final LargeSum largeSum = new LargeSum();
    /// What was fetched ahead, until others have their places.
    private Optional<Supply> fetched = Optional.empty();

    /// @param small whether all of it stays in memory until the last destination has it
    FileStream(FileWorkshop shop, FileOrigin origin, boolean small) {
        this.shop = shop;
        this.origin = origin;
        this.small = small;
        this.feed = Feed.shared(
                origin.expected(),
                shop.window(),
                small,
                shop.options().window() / shop.options().streams());
        String what = origin.expected().toString();
        this.reader = new Crew("read " + what);
        this.hasher = new Crew("hash " + what);
        this.senders = new Crew("write " + what);
    }

    /// Waits until all of it is in memory, or can't be had, which is for those who want it to find out.
    ///
    /// @param copies of this file, for each of its destinations one
    void fetch(List<Copy> copies) throws InterruptedException {
        Optional<Base> one = copies.stream()
                .map(copy -> copy.edge().destination())
                .filter(into -> !shop.laggards().contains(into))
                .findFirst();
        if (one.isPresent()) {
            fetched = Optional.of(new Supply(origin, feed.share(), shop.taker(one.get(), this::read)));
            fetched.get().keep();
        }
    }

    /// Begins to send.
    ///
    /// @param copies of this file, for each of its destinations one
    /// @param ended hears of each copy once
    Laggards<Base>.Outstanding sendAll(List<Copy> copies, BiConsumer<FileEdge, Optional<OciException>> ended) {
        List<Base> destinations =
                copies.stream().map(copy -> copy.edge().destination()).toList();
        Laggards<Base>.Outstanding outstanding = shop.laggards().outstanding(destinations);
        // All places are taken before the first byte is read, so that nobody comes late.
        List<Supply> places = destinations.stream().map(this::place).toList();
        fetched.ifPresent(Supply::close);
        if (!small && destinations.stream().anyMatch(into -> into.scheme().recordsSha512())) {
            Supply place = new Supply(origin, feed.share(), shop.taker(destinations.getFirst(), this::read));
            hasher.start(() -> largeSum.take(place, shop.options().tries()));
        }
        for (int i = 0; i < copies.size(); i++) {
            Copy copy = copies.get(i);
            Supply place = places.get(i);
            senders.start(() -> {
                try (place) {
                    send(copy, new Parcel(origin.expected(), place, small, sums, largeSum), ended);
                    if (place.leftBehind()) {
                        shop.laggards().add(copy.edge().destination());
                    }
                } finally {
                    outstanding.done(copy.edge().destination());
                }
            });
        }
        return outstanding;
    }

    private void read() {
        if (reading.compareAndSet(false, true)) {
            reader.start(() -> feed.readFrom(origin));
        }
    }

    /// A place in what is read for all; a laggard reads alone.
    private Supply place(Base into) {
        return shop.laggards().contains(into)
                ? Supply.alone(origin, shop.taker(into, () -> {}))
                : new Supply(origin, feed.share(), shop.taker(into, this::read));
    }

    private void send(Copy copy, Parcel parcel, BiConsumer<FileEdge, Optional<OciException>> ended)
            throws InterruptedException {
        shop.listener().started(copy.edge());
        try {
            write(copy, parcel);
            ended.accept(copy.edge(), Optional.empty());
        } catch (OciException e) {
            ended.accept(copy.edge(), Optional.of(e));
        }
    }

    private void write(Copy copy, Parcel parcel) throws InterruptedException {
        for (int tries = 1; ; ) {
            try {
                if (parcel.size() == 0) {
                    // Nothing of it will come that a store would wait for, and the manifest may want something else.
                    parcel.awaitAll();
                }
                Store into = shop.stores().destination(copy.edge().destination());
                into.write(copy.edge().name(), parcel, copy.replaced());
                return;
            } catch (LostPlace e) {
                // Being left behind happens once at most; a source that is wrong may stay so.
                if (e.wrong() && tries++ >= shop.options().tries()) {
                    throw e;
                }
            }
        }
    }

    /// Waits until every destination has it, or has failed.
    void join() throws InterruptedException {
        senders.join();
    }

    @Override
    public void close() {
        senders.close();
        hasher.close();
        reader.close();
        feed.close();
    }
}
