// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the version wherever it is written down. Committing that is left to people: they review it.
final class BumpStep implements Step {
    /// The places where the version is written down.
    interface References {
        /// Those that say something else, a line each: where, what is there, what should be.
        List<String> off() throws InterruptedException;

        /// Changes all of them, or none.
        void write() throws InterruptedException;
    }

    private static final int SHOWN = 20;

    private final Optional<References> references;
    private final String file;

    /// @param references empty where `release.yaml` names none
    /// @param file that names the places
    BumpStep(Optional<References> references, String file) {
        this.references = references;
        this.file = file;
    }

    @Override
    public String id() {
        return "bump";
    }

    @Override
    public String title() {
        return "Version references";
    }

    @Override
    public List<String> boxes() {
        return List.of("Release Prep", "Version references");
    }

    @Override
    public Standing look() throws InterruptedException {
        if (references.isEmpty()) {
            return new Standing.Left("release.yaml names no versions");
        }
        List<String> off = references.get().off();
        if (off.isEmpty()) {
            return new Standing.Done("every place of " + file + " is right");
        }
        List<String> would = new ArrayList<>();
        off.stream().limit(SHOWN).forEach(place -> would.add("write " + place));
        if (off.size() > SHOWN) {
            would.add("write " + (off.size() - SHOWN) + " more places");
        }
        return new Standing.Ready(would);
    }

    @Override
    public Standing perform() throws InterruptedException {
        if (look() instanceof Standing.Ready) {
            references.orElseThrow().write();
        }
        return look();
    }
}
