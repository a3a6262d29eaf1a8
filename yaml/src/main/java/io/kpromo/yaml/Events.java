// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// The events of one document with its aliases resolved, each alias by the events of its anchor once more.
final class Events {
    /// Events that anchors keep and aliases repeat, together. A file of honest aliases needs a few thousand; a
    /// bomb of nine lines wants billions.
    static final int MOST_REPEATED = 1_000_000;

    static final int DEEPEST = 64;

    private static final Set<String> TAGS =
            Set.of("!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map");

    /// What an anchor stands for.
    private static final class Recording {
        final List<Event> events = new ArrayList<>();
        int depth;
        boolean complete;
    }

    private final String name;
    private final Problems problems;
    private final Source source;
    private final Map<String, Recording> anchors = new HashMap<>();
    private final IdentityHashMap<Event, Recording> aliases = new IdentityHashMap<>();
    private final List<Recording> recording = new ArrayList<>();
    private final Deque<Iterator<Event>> replays = new ArrayDeque<>();
    private @Nullable Event peeked;
    private int depth;
    private long repeated;
    private long consumed;

    Events(String name, String text, Problems problems) {
        this.name = name;
        this.problems = problems;
        this.source = new Source(name, text);
    }

    /// Moves to the first value; false where there is no document.
    boolean begin() {
        source.next(); // stream start
        return source.next().getEventId() == Event.ID.DocumentStart;
    }

    /// Makes sure that nothing follows.
    void end() {
        source.next(); // document end
        Event event = source.next();
        if (event.getEventId() != Event.ID.StreamEnd) {
            throw new SyntaxException(place(event), "a second document begins; a file holds one, split it");
        }
    }

    Event peek() {
        if (peeked == null) {
            peeked = advance();
        }
        return peeked;
    }

    Event next() {
        Event event = peek();
        peeked = null;
        consumed++;
        return event;
    }

    /// Grows with each event that is taken.
    long consumed() {
        return consumed;
    }

    void skip() {
        int open = 0;
        do {
            open += nesting(next());
        } while (open > 0);
    }

    /// Takes the next value and keeps it for [#replay].
    List<Event> capture() {
        List<Event> events = new ArrayList<>();
        int open = 0;
        do {
            Event event = next();
            count(event);
            events.add(event);
            open += nesting(event);
        } while (open > 0);
        return events;
    }

    /// Puts a value that was captured before what comes next.
    void replay(List<Event> events) {
        if (peeked != null) {
            throw new IllegalStateException("a value was looked at and not read");
        }
        replays.push(events.iterator());
    }

    Place place(Event event) {
        Optional<Mark> mark = event.getStartMark();
        return mark.isEmpty()
                ? Place.of(name)
                : new Place(name, mark.get().getLine() + 1, mark.get().getColumn() + 1);
    }

    private Event advance() {
        while (true) {
            Iterator<Event> replay = replays.peek();
            Event event;
            if (replay == null) {
                event = source.next();
                fresh(event);
            } else if (replay.hasNext()) {
                event = replay.next();
                count(event);
            } else {
                replays.pop();
                continue;
            }
            if (event.getEventId() != Event.ID.Alias) {
                return event;
            }
            replays.push(target((AliasEvent) event).events.iterator());
        }
    }

    /// Takes note of an event that comes from the file and not from an anchor.
    private void fresh(Event event) {
        depth += nesting(event);
        if (depth > DEEPEST) {
            throw new SyntaxException(place(event), "is nested more than " + DEEPEST + " levels deep");
        }
        if (event instanceof NodeEvent node) {
            if (event.getEventId() == Event.ID.Alias) {
                aliases.put(event, named((AliasEvent) event));
            } else {
                checkTag(event);
                node.getAnchor().ifPresent(anchor -> {
                    Recording begun = new Recording();
                    anchors.put(anchor.getValue(), begun);
                    recording.add(begun);
                });
            }
        }
        if (!recording.isEmpty()) {
            record(event);
        }
    }

    private void record(Event event) {
        for (Recording one : recording) {
            count(event);
            one.events.add(event);
            one.depth += nesting(event);
            one.complete = one.depth == 0;
        }
        recording.removeIf(one -> one.complete);
    }

    private Recording named(AliasEvent alias) {
        String anchor = alias.getAlias().getValue();
        Recording recorded = anchors.get(anchor);
        if (recorded == null) {
            throw new SyntaxException(place(alias), "alias *" + anchor + " has no anchor &" + anchor + " before it");
        }
        if (!recorded.complete) {
            throw new SyntaxException(place(alias), "alias *" + anchor + " stands inside its own anchor");
        }
        return recorded;
    }

    private Recording target(AliasEvent alias) {
        Recording recorded = aliases.get(alias);
        return recorded == null ? named(alias) : recorded;
    }

    private void count(Event event) {
        if (++repeated > MOST_REPEATED) {
            throw new SyntaxException(
                    place(event), "aliases repeat more than " + MOST_REPEATED + " values; write them out");
        }
    }

    private void checkTag(Event event) {
        Optional<String> tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
        if (tag.isPresent() && !TAGS.contains(tag.get())) {
            problems.add(place(event), "tag " + Spelling.quoted(tag.get()) + " is not allowed; leave it out");
        }
    }

    private static int nesting(Event event) {
        return switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            default -> 0;
        };
    }
}
