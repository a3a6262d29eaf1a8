// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.release.config.SourcePath;
import io.kpromo.yaml.InvalidInputException;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problem;
import io.kpromo.yaml.Problems;
import io.kpromo.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A file of dependencies, in zeitgeist's format:
///
/// ```yaml
/// dependencies:
/// - name: golang
///   version: 1.25
///   scheme: semver        # or alpha, random
///   sensitivity: minor    # or patch, major
///   upstream: {flavour: github, url: golang/go}
///   refPaths:
///   - path: go.mod
///     match: ^go \d
///   - path: VERSION       # holds just the version
/// ```
///
/// Read strictly: a misspelt `match` would make a place that is never looked at.
///
/// @param file as messages call it
public record Dependencies(String file, List<Dependency> all) {
    private static final List<String> KEYS =
            List.of("name", "version", "scheme", "sensitivity", "upstream", "refPaths");

    public Dependencies {
        all = List.copyOf(all);
    }

    /// Reads bytes.
    ///
    /// @param name what messages call the file
    /// @throws io.kpromo.yaml.InvalidInputException when anything in it is wrong, with all places
    public static Dependencies of(byte[] bytes, String name) {
        Problems problems = new Problems();
        List<Dependencies> read = new ArrayList<>();
        YamlReader.read(
                bytes,
                name,
                problems,
                yaml -> new Reader(yaml).read().ifPresent(all -> read.add(new Dependencies(name, all))));
        if (read.isEmpty() && problems.isEmpty()) {
            problems.add(Place.of(name), "names no dependencies; write dependencies: and a list of them");
        }
        problems.throwIfAny();
        return read.getFirst();
    }

    /// Reads a file of a working tree.
    ///
    /// @throws io.kpromo.yaml.InvalidInputException when anything in it is wrong, with all places
    public static Dependencies of(SourcePath file, WorkingTree tree) {
        return of(source(file, tree).bytes(), file.text());
    }

    static TextFile source(SourcePath file, WorkingTree tree) {
        try {
            return tree.file(file);
        } catch (WorkingTree.UnreadableException e) {
            throw new InvalidInputException(new Problem(
                    Place.of(file.text()),
                    e.fact() + "; name the file of dependencies with --config, or with versions.file in release.yaml"));
        }
    }

    private static final class Reader {
        private final YamlReader yaml;
        /// The same few expressions come again and again, and compiling one costs more than using it.
        private final Map<String, Pattern> patterns = new HashMap<>();

        Reader(YamlReader yaml) {
            this.yaml = yaml;
        }

        /// @return empty when there is no list at all
        Optional<List<Dependency>> read() {
            List<List<Dependency>> lists = new ArrayList<>();
            yaml.mapping("the document", (key, place) -> {
                if (key.equals("dependencies")) {
                    lists.add(items(key, () -> new Entry().read()));
                } else {
                    yaml.unknownKey(key, place, List.of("dependencies"));
                }
            });
            return lists.stream().findFirst();
        }

        /// As zeitgeist has it, nothing is a list without items.
        private <T> List<T> items(String key, Supplier<Optional<T>> item) {
            List<T> all = new ArrayList<>();
            if (!yaml.isNothing()) {
                yaml.list(key, () -> item.get().ifPresent(all::add));
            }
            return all;
        }

        private final class Entry {
            private Optional<String> name = Optional.empty();
            private Optional<String> version = Optional.empty();
            private Place versionPlace = yaml.place();
            private Scheme scheme = Scheme.SEMVER;
            private Sensitivity sensitivity = Sensitivity.PATCH;
            private Optional<Upstream> upstream = Optional.empty();
            private final List<RefPath> refPaths = new ArrayList<>();

            Optional<Dependency> read() {
                Place start = yaml.place();
                boolean mapping = yaml.isMapping();
                yaml.mapping("a dependency", this::key);
                boolean named = mapping && has(start, "name", name);
                boolean versioned = mapping && has(start, "version", version);
                if (!named || !versioned) {
                    return Optional.empty();
                }
                return Optional.of(new Dependency(
                        name.orElseThrow(),
                        version.orElseThrow(),
                        scheme,
                        sensitivity,
                        upstream,
                        refPaths,
                        versionPlace));
            }

            private void key(String key, Place place) {
                switch (key) {
                    case "name" -> name = yaml.text(key);
                    case "version" -> {
                        versionPlace = yaml.place();
                        version = yaml.text(key);
                    }
                    case "scheme" -> scheme = word(key, Scheme.class, scheme);
                    case "sensitivity" -> sensitivity = word(key, Sensitivity.class, sensitivity);
                    case "upstream" -> upstream = yaml.isNothing() ? Optional.empty() : new UpstreamReader(yaml).read();
                    case "refPaths" -> refPaths.addAll(items(key, Reader.this::refPath));
                    default -> yaml.unknownKey(key, place, KEYS);
                }
            }
        }

        private Optional<RefPath> refPath() {
            Place start = yaml.place();
            var written = new Object() {
                Optional<SourcePath> path = Optional.empty();
                Optional<Pattern> match = Optional.empty();
                boolean named;
            };
            yaml.mapping("a refPath", (key, place) -> {
                switch (key) {
                    case "path" -> {
                        written.named = true;
                        written.path = path();
                    }
                    case "match" -> written.match = match();
                    default -> yaml.unknownKey(key, place, List.of("match", "path"));
                }
            });
            if (!written.named) {
                yaml.problem(start, "a refPath without path; add path: …");
            }
            return written.path.map(path -> new RefPath(path, written.match, start));
        }

        private Optional<SourcePath> path() {
            Place place = yaml.place();
            return yaml.text("path").flatMap(text -> {
                try {
                    return Optional.of(SourcePath.of(text));
                } catch (InvalidNameException e) {
                    yaml.problem(place, String.valueOf(e.getMessage()));
                    return Optional.empty();
                }
            });
        }

        private Optional<Pattern> match() {
            Place place = yaml.place();
            return yaml.text("match").filter(text -> !text.isEmpty()).flatMap(text -> {
                try {
                    return Optional.of(patterns.computeIfAbsent(text, Pattern::compile));
                } catch (PatternSyntaxException e) {
                    yaml.problem(place, "match: " + e.getMessage() + "; want an expression of RE2");
                    return Optional.empty();
                }
            });
        }

        private boolean has(Place start, String key, Optional<String> value) {
            boolean there = value.filter(text -> !text.isBlank()).isPresent();
            if (!there) {
                yaml.problem(start, "a dependency without " + key + "; add " + key + ": …");
            }
            return there;
        }

        private <E extends Enum<E>> E word(String key, Class<E> type, E preset) {
            Place place = yaml.place();
            String text = yaml.text(key).orElse("");
            List<String> words = new ArrayList<>();
            for (E constant : type.getEnumConstants()) {
                String word = constant.name().toLowerCase(Locale.ROOT);
                if (word.equals(text)) {
                    return constant;
                }
                words.add(word);
            }
            // As zeitgeist has it: nothing is the preset.
            if (!text.isEmpty()) {
                yaml.problem(
                        place,
                        key + ": want one of " + String.join(", ", words) + ", found " + YamlReader.quoted(text));
            }
            return preset;
        }
    }
}
