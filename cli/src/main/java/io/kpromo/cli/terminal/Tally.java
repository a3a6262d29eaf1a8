// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

import io.kpromo.images.plan.Decision;
import io.kpromo.images.run.PromotionListener;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Counts what a promotion tells, without ever making it wait; [#now] is what displays show.
public final class Tally implements PromotionListener {
    /// Decisions under way that a display may name; more would not fit.
    private static final int NAMED = 6;

    private record Stretch(Phase phase, long began, LongAdder total, LongAdder done) {}

    /// Where a promotion stands.
    ///
    /// @param phase what it does
    /// @param total of what the phase counts, as far as known
    /// @param done of it
    /// @param failed decisions
    /// @param read bytes read from sources
    /// @param sent bytes sent to destinations
    /// @param mounted bytes that did not have to be sent
    /// @param requests since the start
    /// @param elapsed nanoseconds in this phase
    /// @param flying what is under way, oldest first, a few of them
    /// @param alsoFlying how many more are under way
    public record Now(
            Phase phase,
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
    private final Map<Decision, Long> flying = new ConcurrentHashMap<>();

    /// @param clock nanoseconds, for differences
    /// @param requests sent until now
    public Tally(LongSupplier clock, LongSupplier requests) {
        this.clock = clock;
        this.requests = requests;
        this.stretch = new AtomicReference<>(fresh(Phase.OBSERVE, 0));
    }

    private Stretch fresh(Phase phase, long total) {
        LongAdder all = new LongAdder();
        all.add(total);
        return new Stretch(phase, clock.getAsLong(), all, new LongAdder());
    }

    public Now now() {
        Stretch s = stretch.get();
        long time = clock.getAsLong();
        List<Flight> flights = new ArrayList<>();
        List<Map.Entry<Decision, Long>> underWay = new ArrayList<>(flying.entrySet());
        underWay.sort(Map.Entry.comparingByValue(Comparator.naturalOrder()));
        underWay.stream().limit(NAMED).forEach(e -> flights.add(new Flight(name(e.getKey()), time - e.getValue())));
        return new Now(
                s.phase,
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

    @Override
    public void begin(Phase phase, long total) {
        stretch.set(fresh(phase, total));
    }

    @Override
    public void more(Phase phase, long count) {
        stretch.get().total.add(count);
    }

    @Override
    public void advance(Phase phase, long count) {
        stretch.get().done.add(count);
    }

    @Override
    public void started(Decision decision) {
        flying.put(decision, clock.getAsLong());
    }

    @Override
    public void finished(Decision decision, Optional<OciException> failure) {
        flying.remove(decision);
        if (failure.isPresent()) {
            failed.increment();
        }
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
