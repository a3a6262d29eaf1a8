// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.yaml;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong until all is read, so that a person mends a file once and not once a run.
/// For one thread.
public final class Problems {
    /// Enough to see the pattern; a file that is wrong in every line must not fill a terminal or the memory.
    static final int MOST = 100;

    private final List<Problem> all = new ArrayList<>();
    private int more;

    public void add(Place place, String text) {
        add(new Problem(place, text));
    }

    public void add(Problem problem) {
        if (all.size() < MOST) {
            all.add(problem);
        } else {
            more++;
        }
    }

    /// Takes over what another collector found.
    public void addAll(Problems others) {
        others.all.forEach(this::add);
        more += others.more;
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /// What was kept, in the order of places; where there was more, a last entry says how many.
    public List<Problem> list() {
        List<Problem> sorted = new ArrayList<>(all);
        sorted.sort(null);
        if (more > 0) {
            sorted.add(new Problem(sorted.getLast().place(), "and " + more + " more problems; mend these first"));
        }
        return sorted;
    }

    /// @throws InvalidInputException when there is any
    public void throwIfAny() {
        if (!all.isEmpty()) {
            throw new InvalidInputException(list());
        }
    }
}
