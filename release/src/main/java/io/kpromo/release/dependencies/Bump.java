// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.oci.InvalidNameException;
import io.kpromo.release.config.SourcePath;
import io.kpromo.release.dependencies.TextFile.Line;
import io.kpromo.release.dependencies.WorkingTree.UnreadableException;
import io.kpromo.yaml.InvalidInputException;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problem;
import io.kpromo.yaml.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// New versions of dependencies, everywhere they are written down. Nothing is written before [#write]; what is
/// not a version stays as it is, byte by byte.
public final class Bump {
    private static final int LONGEST = 200;

    private final List<Change> changes;
    private final List<Mismatch> off;
    private final List<AtomicFiles.Content> files;

    private Bump(List<Change> changes, List<Mismatch> off, List<AtomicFiles.Content> files) {
        this.changes = List.copyOf(changes);
        this.off = List.copyOf(off);
        this.files = List.copyOf(files);
    }

    /// All lines that change, in the order of files and lines; empty when nothing does.
    public List<Change> changes() {
        return changes;
    }

    /// Places that were right and are not any more: other dependencies want the old version there.
    public List<Mismatch> off() {
        return off;
    }

    /// Works out what changes. A place that holds the new version already is fine, so that a bump can be repeated.
    ///
    /// @param file of dependencies, inside the tree
    /// @param versions the new version of each dependency, by its name
    /// @throws InvalidInputException when there is no dependency of a name, or any place holds neither the old
    ///     version
    /// nor the new one; with all places
    public static Bump of(SourcePath file, WorkingTree tree, Map<String, String> versions) {
        Problems problems = new Problems();
        TextFile source = Dependencies.source(file, tree);
        Dependencies before = Dependencies.of(file, tree);
        versions.forEach((name, version) -> check(name, version, before, problems));
        problems.throwIfAny();

        List<Dependency> changed = before.all().stream()
                .filter(dependency -> !versions.getOrDefault(dependency.name(), dependency.version())
                        .equals(dependency.version()))
                .toList();
        // From the last to the first, so that places of those before stay true.
        TextFile rewritten = source;
        for (Dependency dependency : changed.reversed()) {
            rewritten = new VersionScalar(rewritten, dependency)
                    .becoming(versions.getOrDefault(dependency.name(), ""), problems);
        }
        Map<SourcePath, TextFile> contents = new LinkedHashMap<>();
        contents.put(file, rewritten);
        for (Dependency dependency : changed) {
            for (RefPath ref : dependency.refPaths()) {
                rewrite(dependency, versions.getOrDefault(dependency.name(), ""), ref, tree, contents, problems);
            }
        }
        problems.throwIfAny();
        return checked(file, before, versions, tree, contents);
    }

    /// Writes all files, or none: each is written beside the old one first, then all take their places. The file of
    /// dependencies comes last, so that what was interrupted between two files can be repeated.
    ///
    /// @throws java.io.UncheckedIOException when that fails; files that were replaced already are put back
    public void write() {
        AtomicFiles.replace(files);
    }

    private static void check(String name, String version, Dependencies in, Problems problems) {
        if (in.all().stream().noneMatch(dependency -> dependency.name().equals(name))) {
            problems.add(
                    Place.of(in.file()),
                    "has no dependency " + name + "; known are "
                            + String.join(
                                    ", ",
                                    in.all().stream().map(Dependency::name).toList()));
        }
        if (version.isBlank()
                || version.length() > LONGEST
                || version.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidNameException("version", version, "text on one line");
        }
    }

    private static void rewrite(
            Dependency dependency,
            String to,
            RefPath ref,
            WorkingTree tree,
            Map<SourcePath, TextFile> contents,
            Problems problems) {
        TextFile file;
        try {
            TextFile known = contents.get(ref.path());
            file = known == null ? tree.file(ref.path()) : known;
        } catch (UnreadableException e) {
            problems.add(Place.of(ref.path().text()), String.valueOf(e.getMessage()));
            return;
        }
        String from = dependency.version();
        Optional<TextFile> changed = changed(
                file,
                ref,
                line -> VersionText.replaced(line, from, to),
                line -> !VersionText.places(to, line).isEmpty());
        // A verification is content with `1.22` in `1.22.6`, as zeitgeist's is; so that is where it is changed.
        changed = changed.or(() -> changed(
                file,
                ref,
                line -> VersionText.replacedBeginnings(line, from, to),
                line -> !VersionText.beginnings(to, line).isEmpty()));
        if (changed.isEmpty()) {
            problems.add(
                    Place.of(ref.path().text()),
                    dependency.name() + ": no matching line holds " + from + ", by itself or as the begin of a longer"
                            + " version, nor " + to + "; see kpromo release verify-dependencies (" + ref.place()
                            + ")");
        }
        contents.put(ref.path(), changed.orElse(file));
    }

    /// The file with its matching lines changed; empty where none of them holds what it should afterwards.
    private static Optional<TextFile> changed(
            TextFile file, RefPath ref, UnaryOperator<String> change, Predicate<String> holds) {
        StringBuilder out = new StringBuilder(file.text().length() + 64);
        int copied = 0;
        boolean held = false;
        for (Line line : file.lines()) {
            if (ref.matches(line.text())) {
                String after = change.apply(line.text());
                held |= holds.test(after);
                out.append(file.text(), copied, line.start()).append(after);
                copied = line.end();
            }
        }
        return held
                ? Optional.of(
                        file.with(out.append(file.text().substring(copied)).toString()))
                : Optional.empty();
    }

    /// Reads what would be written, as the next run will.
    private static Bump checked(
            SourcePath file,
            Dependencies before,
            Map<String, String> versions,
            WorkingTree tree,
            Map<SourcePath, TextFile> contents) {
        WorkingTree future = tree.with(contents);
        Dependencies after = Dependencies.of(file, future);
        for (int i = 0; i < before.all().size(); i++) {
            Dependency old = before.all().get(i);
            String wanted = versions.getOrDefault(old.name(), old.version());
            if (!after.all().get(i).version().equals(wanted)) {
                throw new InvalidInputException(List.of(new Problem(
                        old.versionPlace(), "cannot be changed in place to " + wanted + "; write it plainly first")));
            }
        }
        Set<String> wrong = new HashSet<>();
        Verification.of(before, tree, false).forEach(place -> wrong.add(key(place)));
        List<Mismatch> off = Verification.of(after, future, false).stream()
                .filter(place -> !wrong.contains(key(place)))
                .toList();
        List<AtomicFiles.Content> files = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        contents.forEach((path, text) -> {
            TextFile old = Dependencies.source(path, tree);
            if (!old.text().equals(text.text())) {
                // The file of dependencies, which is the first of the contents, becomes the last.
                files.addFirst(new AtomicFiles.Content(old, text));
                changes.addAll(changes(path, old, text));
            }
        });
        changes.sort((a, b) -> a.place().compareTo(b.place()));
        return new Bump(changes, off, files);
    }

    private static String key(Mismatch place) {
        return place.dependency() + "\n" + place.because();
    }

    private static List<Change> changes(SourcePath path, TextFile before, TextFile after) {
        List<Change> all = new ArrayList<>();
        List<Line> old = before.lines();
        List<Line> now = after.lines();
        for (int i = 0; i < old.size(); i++) {
            if (!old.get(i).text().equals(now.get(i).text())) {
                all.add(new Change(
                        new Place(path.text(), i + 1, 0),
                        old.get(i).text(),
                        now.get(i).text()));
            }
        }
        return all;
    }
}
