// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.yaml;

import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// The library's parser; its errors become ours.
final class Source {
    private final String name;
    private final String text;
    private final ParserImpl parser;

    Source(String name, String text) {
        this.name = name;
        this.text = text;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(Math.max(1, text.length()))
                .build();
        this.parser = new ParserImpl(settings, new StreamReader(settings, text));
    }

    Event next() {
        try {
            return parser.next();
        } catch (MarkedYamlEngineException e) {
            throw syntax(e);
        } catch (ReaderException e) {
            int index = text.offsetByCodePoints(0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
            throw new SyntaxException(
                    Utf8.place(text, index, name),
                    String.format(Locale.ROOT, "character U+%04X is not allowed in YAML", e.getCodePoint()));
        } catch (YamlEngineException e) {
            throw new SyntaxException(Place.of(name), "is not YAML: " + oneLine(e.toString()));
        }
    }

    private SyntaxException syntax(MarkedYamlEngineException e) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        Place place = mark.map(m -> new Place(name, m.getLine() + 1, m.getColumn() + 1))
                .orElse(Place.of(name));
        String context = e.getContext();
        return new SyntaxException(
                place, "is not YAML: " + (context == null ? "" : oneLine(context) + ", ") + oneLine(e.getProblem()));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
