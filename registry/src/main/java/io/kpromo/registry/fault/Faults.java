// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/// The faults of a registry, changed while it runs.
public final class Faults {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    /// From now on; several that strike the same request work together, in the order in which they were added.
    public void add(Fault... faults) {
        for (Fault fault : faults) {
            rules.add(new Rule(fault));
        }
    }

    /// No fault any more.
    public void clear() {
        rules.clear();
    }

    /// How many requests were struck by the faults that are there now.
    public int strikes() {
        return rules.stream().mapToInt(Rule::struck).sum();
    }

    /// What this request is struck by; asking counts as a turn.
    public List<Effect> on(Target target) {
        if (rules.isEmpty()) {
            return List.of();
        }
        List<Effect> effects = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.strikes(target)) {
                effects.add(rule.fault.effect());
            }
        }
        return effects;
    }

    private static final class Rule {
        private final Fault fault;
        private final Random chance;
        private final ReentrantLock lock = new ReentrantLock();
        private int seen;
        private int struck;

        Rule(Fault fault) {
            this.fault = fault;
            this.chance = new Random(fault.struck().seed());
        }

        boolean strikes(Target target) {
            Fault.On on = fault.struck();
            boolean fits = on.kinds().isEmpty()
                    || target.kind().filter(on.kinds()::contains).isPresent();
            if (!fits || !on.condition().test(target)) {
                return false;
            }
            lock.lock();
            try {
                int number = seen++;
                boolean strikes = number >= on.skip()
                        && struck < on.times()
                        && (on.probability() >= 1 || chance.nextDouble() < on.probability());
                struck += strikes ? 1 : 0;
                return strikes;
            } finally {
                lock.unlock();
            }
        }

        int struck() {
            lock.lock();
            try {
                return struck;
            } finally {
                lock.unlock();
            }
        }
    }
}
