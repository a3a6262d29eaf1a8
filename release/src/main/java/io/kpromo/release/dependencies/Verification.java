// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.release.dependencies.TextFile.Line;
import io.kpromo.release.dependencies.WorkingTree.UnreadableException;
import io.kpromo.yaml.Place;
import java.util.ArrayList;
import java.util.List;

/// Whether all places hold the versions that they should. As in zeitgeist, of the lines in which an expression is
/// found one must hold the version; a strict verification wants it in every one.
public final class Verification {
    private final WorkingTree tree;
    private final boolean strict;

    private Verification(WorkingTree tree, boolean strict) {
        this.tree = tree;
        this.strict = strict;
    }

    /// Every place that is off, in the order of files and lines; empty when all is right. Reads each file once.
    ///
    /// @param strict whether every matching line must hold the version, and a file without an expression nothing
    ///     but
    /// it
    public static List<Mismatch> of(Dependencies dependencies, WorkingTree tree, boolean strict) {
        Verification verification = new Verification(tree, strict);
        List<Mismatch> all = new ArrayList<>();
        for (Dependency dependency : dependencies.all()) {
            for (RefPath ref : dependency.refPaths()) {
                all.addAll(verification.of(dependency, ref));
            }
        }
        all.sort(null);
        return all;
    }

    private List<Mismatch> of(Dependency dependency, RefPath ref) {
        try {
            TextFile file = tree.file(ref.path());
            // Most places are right, and finding a text is much faster than finding an expression.
            boolean held = file.linesWith(dependency.version()).stream().anyMatch(line -> ref.matches(line.text()));
            return held && !strict
                    ? List.of()
                    : ref.match().isEmpty() ? whole(dependency, ref, file, held) : lines(dependency, ref, file);
        } catch (UnreadableException e) {
            return List.of(off(dependency, ref, 0, e.fact()));
        }
    }

    /// A file that holds just the version.
    private List<Mismatch> whole(Dependency dependency, RefPath ref, TextFile file, boolean held) {
        String content = file.text().strip();
        if (content.equals(dependency.version()) || (held && !strict)) {
            return List.of();
        }
        boolean single = content.lines().count() <= 1;
        return List.of(
                single
                        ? off(dependency, ref, 1, content.isEmpty() ? "nothing" : VersionText.shortened(content))
                        : off(
                                dependency,
                                ref,
                                0,
                                held ? "holds more than the version" : "has no line with the version"));
    }

    private List<Mismatch> lines(Dependency dependency, RefPath ref, TextFile file) {
        List<Mismatch> off = new ArrayList<>();
        boolean matched = false;
        for (Line line : file.lines()) {
            if (ref.matches(line.text())) {
                matched = true;
                if (!line.text().contains(dependency.version())) {
                    off.add(off(dependency, ref, line.number(), VersionText.found(line.text(), ref.match())));
                }
            }
        }
        if (!matched) {
            String expression = ref.match().map(pattern -> pattern.pattern()).orElse("");
            off.add(off(dependency, ref, 0, "has no line in which " + VersionText.shortened(expression) + " is found"));
        }
        return off;
    }

    private static Mismatch off(Dependency dependency, RefPath ref, int line, String found) {
        return new Mismatch(
                dependency.name(), new Place(ref.path().text(), line, 0), found, dependency.version(), ref.place());
    }
}
