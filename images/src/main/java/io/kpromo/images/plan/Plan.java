// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import io.kpromo.images.plan.Decision.Refused;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What is to be done so that registries hold what is wanted. Pure: the same states give the same plan.
///
/// What is up to date is counted and not listed, unless its source lost it: a rerun over a million edges makes no
/// million objects.
public final class Plan {
    private final List<Decision> decisions;
    private final long upToDate;

    Plan(List<Decision> decisions, long upToDate) {
        this.decisions = List.copyOf(decisions);
        this.upToDate = upToDate;
    }

    /// Nothing is decided.
    public static Plan none() {
        return new Plan(List.of(), 0);
    }

    /// The whole table of "Edges": no I/O, no clock, no chance.
    public static Plan between(DesiredState desired, ObservedState observed) {
        Deciding deciding = new Deciding(observed);
        for (WantedRepository repository : desired.repositories()) {
            for (WantedContent content : repository.contents()) {
                deciding.decide(repository.destination(), content);
            }
        }
        return deciding.plan();
    }

    /// All but what is simply up to date, in the order of destinations and digests.
    public List<Decision> decisions() {
        return decisions;
    }

    /// The decisions of one kind, in order.
    public <D extends Decision> Stream<D> all(Class<D> kind) {
        return decisions.stream().filter(kind::isInstance).map(kind::cast);
    }

    /// Where there is one, nothing at all may be written.
    public List<Refused> refusals() {
        return all(Refused.class).toList();
    }

    /// Without what else is decided to be left alone.
    public Plan keeping(Predicate<Decision> allowed) {
        return new Plan(decisions.stream().filter(allowed).toList(), upToDate);
    }

    /// Edges with nothing to do.
    public long upToDate() {
        return upToDate;
    }

    /// Edges of one kind of decision.
    public long edges(Class<? extends Decision> kind) {
        long listed = all(kind).mapToLong(Decision::edges).sum();
        return kind.equals(Decision.UpToDate.class) ? upToDate : listed;
    }

    /// Whether carrying it out would write anything.
    public boolean writes() {
        return decisions.stream().anyMatch(d -> d instanceof Decision.Copy || d instanceof Decision.AddTag);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Plan other && upToDate == other.upToDate && decisions.equals(other.decisions);
    }

    @Override
    public int hashCode() {
        return decisions.hashCode() + Long.hashCode(upToDate);
    }

    @Override
    public String toString() {
        return upToDate + " up to date, " + decisions;
    }
}
