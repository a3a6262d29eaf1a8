// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/// Reads one strict YAML document from front to back, without building a tree of it.
///
/// ```
/// YamlReader.read(path, "images.yaml", problems, yaml ->
///     yaml.list("images", () -> yaml.mapping("an image", (key, place) -> {
///         switch (key) {
///             case "name" -> yaml.text("name").ifPresent(names::add);
///             default -> yaml.unknownKey(key, place, List.of("name"));
///         }
///     })));
/// ```
///
/// Scalars keep their text: `1.10` is the text `1.10` and `yes` is `yes`; only [#bool] asks for a boolean. What
/// is wrong goes to [Problems] and reading goes on behind it; a broken syntax ends it. Duplicate keys, a second
/// document and tags other than `!!str`, `!!seq`, `!!map` are problems by themselves; a reader says which keys
/// it knows. Anchors, aliases and merge keys (`<<`) are resolved before a reader sees them. YAML 1.2, core
/// schema for booleans.
public final class YamlReader {
    /// The largest file that is read, in bytes; the largest known manifest has one million.
    public static final int LARGEST = 64 << 20;

    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");

    /// What stands below a key.
    @FunctionalInterface
    public interface Keys {
        /// Reads the value with the reader's methods; a value that is not read is skipped.
        void read(String key, Place place);
    }

    private final Events events;
    private final Problems problems;

    private YamlReader(Events events, Problems problems) {
        this.events = events;
        this.problems = problems;
    }

    /// Reads a file.
    ///
    /// @param name what messages call the file
    /// @param document called once, unless the file holds no document
    public static void read(Path file, String name, Problems problems, Consumer<YamlReader> document) {
        byte[] bytes;
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                problems.add(Place.of(name), "has " + size + " bytes, more than " + LARGEST + "; split it");
                return;
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            problems.add(Place.of(name), "does not exist");
            return;
        } catch (IOException e) {
            problems.add(Place.of(name), "cannot be read: " + e.getMessage());
            return;
        }
        read(bytes, name, problems, document);
    }

    /// Reads bytes: UTF-8 with or without a byte order mark.
    public static void read(byte[] bytes, String name, Problems problems, Consumer<YamlReader> document) {
        if (bytes.length > LARGEST) {
            problems.add(Place.of(name), "has " + bytes.length + " bytes, more than " + LARGEST + "; split it");
            return;
        }
        try {
            Events events = new Events(name, Utf8.text(bytes, name), problems);
            if (events.begin()) {
                document.accept(new YamlReader(events, problems));
                events.end();
            }
        } catch (SyntaxException e) {
            problems.add(e.problem());
        }
    }

    /// Where the next value begins.
    public Place place() {
        return events.place(events.peek());
    }

    public boolean isText() {
        return events.peek() instanceof ScalarEvent;
    }

    public boolean isList() {
        return events.peek().getEventId() == Event.ID.SequenceStart;
    }

    public boolean isMapping() {
        return events.peek().getEventId() == Event.ID.MappingStart;
    }

    /// Whether the next value was left out, as in `key:` alone.
    public boolean isNothing() {
        return events.peek() instanceof ScalarEvent scalar
                && scalar.isPlain()
                && scalar.getValue().isEmpty();
    }

    /// The next value as it was written, without its quotes. Anything but a scalar is a problem.
    ///
    /// @param what is read, for the message: `name`
    public Optional<String> text(String what) {
        if (!isText()) {
            wrong(what, "text");
            return Optional.empty();
        }
        return Optional.of(((ScalarEvent) events.next()).getValue());
    }

    /// The next value as a boolean: `true` or `false` without quotes. Anything else is a problem.
    public Optional<Boolean> bool(String what) {
        if (events.peek() instanceof ScalarEvent scalar && scalar.isPlain()) {
            if (TRUE.contains(scalar.getValue())) {
                events.next();
                return Optional.of(true);
            }
            if (FALSE.contains(scalar.getValue())) {
                events.next();
                return Optional.of(false);
            }
        }
        wrong(what, "true or false (without quotes)");
        return Optional.empty();
    }

    /// Calls `item` once for each item of the next value; a value that it does not read is skipped. Anything but
    /// a list is a problem.
    public void list(String what, Runnable item) {
        if (!isList()) {
            wrong(what, "a list");
            return;
        }
        events.next();
        while (events.peek().getEventId() != Event.ID.SequenceEnd) {
            consuming(item);
        }
        events.next();
    }

    /// Calls `keys` once for each key of the next value, keys that were merged in last. Anything but a mapping
    /// is a problem.
    public void mapping(String what, Keys keys) {
        if (!isMapping()) {
            wrong(what, "a mapping");
            return;
        }
        entries(Set.of(), keys);
    }

    /// Adds a problem at a place of this document, for rules that only the caller knows.
    public void problem(Place place, String text) {
        problems.add(place, text);
    }

    /// Tells that a key is not known, and skips its value.
    public void unknownKey(String key, Place place, Collection<String> known) {
        problems.add(place, "unknown key " + quoted(key) + "; " + Spelling.suggestion(key, known));
        skip();
    }

    /// Passes over the next value, whatever it is.
    public void skip() {
        events.skip();
    }

    /// A text for a message: in quotes, on one line, not endless.
    public static String quoted(String text) {
        return Spelling.quoted(text);
    }

    /// @param above keys that were already delivered and win over those here
    /// @return the keys of this mapping, merged ones too
    private Set<String> entries(Set<String> above, Keys keys) {
        events.next();
        Map<String, Place> own = new HashMap<>();
        List<List<Event>> merges = new ArrayList<>();
        while (events.peek().getEventId() != Event.ID.MappingEnd) {
            Place place = place();
            if (!(events.peek() instanceof ScalarEvent scalar)) {
                problems.add(place, "a key is a list or a mapping; keys are text");
                skip();
                skip();
                continue;
            }
            events.next();
            String key = scalar.getValue();
            Place first = own.putIfAbsent(key, place);
            if (first != null) {
                problems.add(place, "duplicate key " + quoted(key) + ", first at line " + first.line());
                skip();
            } else if (scalar.isPlain() && key.equals("<<")) {
                merges.add(events.capture());
            } else if (above.contains(key)) {
                skip();
            } else {
                consuming(() -> keys.read(key, place));
            }
        }
        events.next();
        if (merges.isEmpty()) {
            return own.keySet();
        }
        Set<String> delivered = new HashSet<>(above);
        delivered.addAll(own.keySet());
        for (List<Event> merge : merges) {
            events.replay(merge);
            merge(delivered, keys);
        }
        return delivered;
    }

    private void merge(Set<String> delivered, Keys keys) {
        if (isMapping()) {
            delivered.addAll(entries(delivered, keys));
        } else if (isList()) {
            list("<<", () -> {
                if (isMapping()) {
                    delivered.addAll(entries(delivered, keys));
                } else {
                    wrong("<<", "mappings");
                }
            });
        } else {
            wrong("<<", "a mapping or a list of mappings");
        }
    }

    private void consuming(Runnable read) {
        long before = events.consumed();
        read.run();
        if (events.consumed() == before) {
            skip();
        }
    }

    private void wrong(String what, String wanted) {
        problems.add(place(), what + ": want " + wanted + ", found " + found());
        skip();
    }

    private String found() {
        if (events.peek() instanceof ScalarEvent scalar) {
            return isNothing() ? "nothing" : quoted(scalar.getValue());
        }
        return isList() ? "a list" : "a mapping";
    }
}
