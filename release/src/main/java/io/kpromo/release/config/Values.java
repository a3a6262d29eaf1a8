// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import com.google.re2j.PatternSyntaxException;
import io.kpromo.oci.Host;
import io.kpromo.release.text.Template;
import io.kpromo.release.text.Words;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.YamlReader;
import java.net.URI;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Reads values that have a grammar; what breaks it becomes a problem at its place.
record Values(YamlReader yaml) {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,100}");

    /// @param of makes the value; throws IllegalArgumentException where it is none
    <T> Optional<T> value(String key, Function<String, T> of) {
        Place place = yaml.place();
        return yaml.text(key).flatMap(text -> made(place, key, text, of));
    }

    <T> List<T> list(String key, Function<String, T> of) {
        List<T> all = new ArrayList<>();
        yaml.list(key, () -> value("an item of " + key, of).ifPresent(all::add));
        return all;
    }

    Optional<String> text(String key) {
        return value(key, text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException("is empty");
            }
            return text;
        });
    }

    /// Text that is one line and reads as it looks.
    Optional<String> line(String key) {
        return value(key, Values::lineOf);
    }

    Optional<Template> line(String key, Set<String> names) {
        Place place = yaml.place();
        return value(key, text -> lineOf(text.stripTrailing())).map(text -> Template.in(yaml, place, text, names));
    }

    private static String lineOf(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("is empty");
        }
        if (!Words.plainLine(text)) {
            throw new IllegalArgumentException("want one line, without characters that are not seen");
        }
        return text;
    }

    Optional<Template> template(String key, Set<String> names) {
        Place place = yaml.place();
        return text(key).map(text -> Template.in(yaml, place, text, names));
    }

    /// The name of a variable. What is written is not repeated: it may be the secret itself.
    Optional<String> variable(String key) {
        return value(key, text -> {
            if (!VARIABLE.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        "names the variable that holds it, as in RELEASE_WEBHOOK; the secret itself must not be here");
            }
            return text;
        });
    }

    /// @param schemes besides https
    Optional<URI> address(String key, String... schemes) {
        return value(key, text -> {
            URI uri = URI.create(text);
            boolean loopback = "http".equals(uri.getScheme())
                    && uri.getAuthority() != null
                    && new Host(uri.getAuthority().toLowerCase(Locale.ROOT)).isLoopback();
            boolean fine = "https".equals(uri.getScheme())
                    || loopback
                    || List.of(schemes).contains(uri.getScheme());
            if (!fine || uri.getAuthority() == null || uri.getUserInfo() != null) {
                throw new IllegalArgumentException("want an address with https:// and without a password");
            }
            return uri;
        });
    }

    <E extends Enum<E>> Optional<E> word(String key, Class<E> type) {
        return value(key, text -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return constant;
                }
            }
            List<String> words = new ArrayList<>();
            for (E constant : type.getEnumConstants()) {
                words.add(constant.name().toLowerCase(Locale.ROOT));
            }
            throw new IllegalArgumentException(
                    "want one of " + String.join(", ", words) + ", found " + YamlReader.quoted(text));
        });
    }

    /// A list of mappings.
    ///
    /// @param item reads one
    <T> Optional<List<T>> sections(String key, Supplier<Optional<T>> item) {
        List<T> all = new ArrayList<>();
        yaml.list(key, () -> item.get().ifPresent(all::add));
        return Optional.of(all);
    }

    /// Files below the root, as a pattern: `dist/*.tar.gz`.
    static String pattern(String text) {
        SourcePath.of(text);
        // Throws where it is no pattern.
        FileSystems.getDefault().getPathMatcher("glob:" + text);
        return text;
    }

    /// An expression (RE2).
    static String expression(String text) {
        try {
            com.google.re2j.Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return text;
    }

    private <T> Optional<T> made(Place place, String key, String text, Function<String, T> of) {
        try {
            return Optional.of(of.apply(text));
        } catch (IllegalArgumentException e) {
            yaml.problem(place, key + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
