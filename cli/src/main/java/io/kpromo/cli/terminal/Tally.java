// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

import io.kpromo.images.plan.Decision;
import io.kpromo.images.run.Outcome;
import io.kpromo.images.run.PromotionListener;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Counts what a promotion tells, without ever making it wait; [#now] is what displays show.
public final class Tally implements PromotionListener {
    /// Decisions under way that a display may name; more would not fit.
    private static final int NAMED = 6;

    /// What is promoted: images or files.
    public enum Matter {
        IMAGES,
        FILES
    }

    /// What is done, in this order.
    public enum Stage {
        /// Finding out what is there; counted in questions.
        LOOK,
        /// Copying and tagging, and signing of images; counted in edges and in contents to prove.
        PROMOTE,
        /// Finding out which files are signed; counted in files.
        FIND_PROOF,
        /// Signing files; counted in files.
        SIGN
    }

    private record Flying(String name, long since) {}

    private record Stretch(Stage stage, long began, LongAdder total, LongAdder done) {}

    /// Where a promotion stands.
    ///
    /// @param matter what is promoted
    /// @param stage what it does
    /// @param total of what the stage counts, as far as known
    /// @param done of it
    /// @param failed decisions
    /// @param read bytes read from sources
    /// @param sent bytes sent to destinations
    /// @param mounted bytes that did not have to be sent
    /// @param requests since the start
    /// @param elapsed nanoseconds in this stage
    /// @param flying what is under way, oldest first, a few of them
    /// @param alsoFlying how many more are under way
    public record Now(
            Matter matter,
            Stage stage,
            long total,
            long done,
            long failed,
            long read,
            long sent,
            long mounted,
            long requests,
            long elapsed,
            List<Flight> flying,
            int alsoFlying) {
        public Now {
            flying = List.copyOf(flying);
        }
    }

    /// One piece of work under way.
    ///
    /// @param name what, and where to
    /// @param nanoseconds since it began
    public record Flight(String name, long nanoseconds) {}

    private final LongSupplier clock;
    private final LongSupplier requests;
    private final AtomicReference<Stretch> stretch;
    private final LongAdder failed = new LongAdder();
    private final LongAdder read = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder mounted = new LongAdder();
    private final AtomicReference<Optional<Supplier<Outcome>>> soFar = new AtomicReference<>(Optional.empty());
    private final Matter matter;
    private final Map<Object, Flying> flying = new ConcurrentHashMap<>();

    /// @param clock nanoseconds, for differences
    /// @param requests sent until now
    public Tally(LongSupplier clock, LongSupplier requests) {
        this(clock, requests, Matter.IMAGES);
    }

    Tally(LongSupplier clock, LongSupplier requests, Matter matter) {
        this.matter = matter;
        this.clock = clock;
        this.requests = requests;
        this.stretch = new AtomicReference<>(fresh(Stage.LOOK, 0));
    }

    private Stretch fresh(Stage stage, long total) {
        LongAdder all = new LongAdder();
        all.add(total);
        return new Stretch(stage, clock.getAsLong(), all, new LongAdder());
    }

    public Now now() {
        Stretch s = stretch.get();
        long time = clock.getAsLong();
        List<Flight> flights = new ArrayList<>();
        List<Flying> underWay = new ArrayList<>(flying.values());
        underWay.sort(Comparator.comparingLong(Flying::since));
        underWay.stream().limit(NAMED).forEach(one -> flights.add(new Flight(one.name(), time - one.since())));
        return new Now(
                matter,
                s.stage,
                Math.max(s.total.sum(), s.done.sum()),
                s.done.sum(),
                failed.sum(),
                read.sum(),
                sent.sum(),
                mounted.sum(),
                requests.getAsLong(),
                time - s.began,
                flights,
                underWay.size() - flights.size());
    }

    private static String name(Decision decision) {
        String verb = decision instanceof Decision.AddTag ? "tag" : "copy";
        String tag = decision.tags().isEmpty() ? "" : ":" + decision.tags().getFirst();
        String more = decision.tags().size() > 1 ? " and " + (decision.tags().size() - 1) + " more" : "";
        String digest = tag.isEmpty() ? "@" + decision.content().digest() : "";
        return verb + " " + decision.destination() + tag + digest + more;
    }

    /// What is being worked on, as listeners are told of it: decisions about images, edges of files.
    public Set<Object> underWay() {
        return Set.copyOf(flying.keySet());
    }

    /// What the promotion of images has come to; empty as long as nothing is decided.
    public Optional<Outcome> soFar() {
        return soFar.get().map(Supplier::get);
    }

    @Override
    public void planned(Supplier<Outcome> outcome) {
        soFar.set(Optional.of(outcome));
    }

    @Override
    public void begin(Phase phase, long total) {
        begin(
                switch (phase) {
                    case OBSERVE -> Stage.LOOK;
                    case EXECUTE -> Stage.PROMOTE;
                },
                total);
    }

    /// A stage begins.
    ///
    /// @param total of what it counts, as far as it is known
    public void begin(Stage stage, long total) {
        stretch.set(fresh(stage, total));
    }

    @Override
    public void more(Phase phase, long count) {
        more(count);
    }

    /// More turned out to be needed.
    void more(long count) {
        stretch.get().total.add(count);
    }

    @Override
    public void advance(Phase phase, long count) {
        advance(count);
    }

    /// Some of what the stage counts is done.
    public void advance(long count) {
        stretch.get().done.add(count);
    }

    @Override
    public void started(Decision decision) {
        started(decision, name(decision));
    }

    /// Work on something begins.
    public void started(Object what, String name) {
        flying.put(what, new Flying(name, clock.getAsLong()));
    }

    @Override
    public void finished(Decision decision, Optional<OciException> failure) {
        ended(decision, failure.isPresent());
    }

    /// Work on something ended.
    public void ended(Object what, boolean badly) {
        flying.remove(what);
        if (badly) {
            failed.increment();
        }
    }

    /// @param spared bytes that did not have to be sent
    void moved(long in, long out, long spared) {
        read.add(in);
        sent.add(out);
        mounted.add(spared);
    }

    @Override
    public void read(Repository source, long bytes) {
        read.add(bytes);
    }

    @Override
    public void sent(Repository into, long bytes) {
        sent.add(bytes);
    }

    @Override
    public void mounted(Repository into, long bytes) {
        mounted.add(bytes);
    }
}
