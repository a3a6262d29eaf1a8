// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.text;

import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problems;
import io.kpromo.yaml.YamlReader;
import java.util.Collection;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text with names in it: `Release {{version}}`. Names are letters, digits and dots; `{{ version }}` is the same.
/// Nothing else has a meaning: there are no conditions, no loops and no way to a shell.
///
/// @param text as it was written
public record Template(String text) {
    private static final Pattern NAME = Pattern.compile("\\{\\{\\s{0,20}([A-Za-z][A-Za-z0-9.]{0,60})\\s{0,20}}}");

    /// Checks that all names are known; those that are not are problems, at their places.
    ///
    /// @param file where the text is from, as a whole
    public static Template of(String text, String file, Collection<String> known, Problems problems) {
        Template template = new Template(text);
        template.check(known, at -> place(text, file, at), problems);
        return template;
    }

    /// As [#of], for a value of a file in YAML: names that are not known are problems of the value.
    public static Template in(YamlReader yaml, Place value, String text, Collection<String> known) {
        Problems problems = new Problems();
        Template template = new Template(text);
        template.check(known, _ -> value, problems);
        problems.list().forEach(problem -> yaml.problem(problem.place(), problem.text()));
        return template;
    }

    /// The text with values instead of names.
    ///
    /// @param values one for each name, as they are
    /// @param escape makes a value harmless where it goes; see [Markdown]
    /// @throws IllegalArgumentException when a name has no value, which [#of] would have told before
    public String fill(Map<String, String> values, UnaryOperator<String> escape) {
        Matcher names = NAME.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (names.find()) {
            String value = values.get(names.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for " + names.group());
            }
            names.appendReplacement(filled, Matcher.quoteReplacement(escape.apply(value)));
        }
        return names.appendTail(filled).toString();
    }

    /// As [#fill], for text that is shown as it is: a title, the subject of a mail.
    public String plain(Map<String, String> values) {
        return fill(values, UnaryOperator.identity());
    }

    /// Without the lines that have this name in them, for a text that has nothing to put there.
    public Template withoutLinesOf(String name) {
        StringBuilder left = new StringBuilder();
        for (String line : text.split("(?<=\n)", -1)) {
            Matcher names = NAME.matcher(line);
            boolean named = names.results().anyMatch(found -> found.group(1).equals(name));
            if (!named) {
                left.append(line);
            }
        }
        return new Template(left.toString());
    }

    private void check(Collection<String> known, IntFunction<Place> at, Problems problems) {
        Matcher names = NAME.matcher(text);
        while (names.find()) {
            if (!known.contains(names.group(1))) {
                problems.add(
                        at.apply(names.start()),
                        "unknown name " + names.group() + "; known are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static Place place(String text, String file, int index) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new Place(file, line, text.codePointCount(start, index) + 1);
    }
}
