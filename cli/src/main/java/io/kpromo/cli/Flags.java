// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/// The words that a command takes, told to picocli by its own model rather than by annotations: reading those makes
/// proxy classes at every start, which costs more than the rest of `kpromo version` (docs/benchmarks.md, start-up).
///
/// Flags are in Go's manner: `--flag value` or `--flag=value`; a switch is `--sign`, `--sign=false`. A setter is
/// called only where a flag was written, so a command's fields hold their own defaults; the defaults here are for
/// help.
final class Flags {
    private final CommandSpec spec;
    private String section = "Flags";

    /// Makes what picocli collects several values in, and nothing else. Its own factory begins with a look for
    /// Groovy in all jars, at every start.
    static final IFactory COLLECTIONS = new IFactory() {
        @Override
        public <K> K create(Class<K> type) {
            for (Object made : List.of(new ArrayList<>(), new LinkedHashSet<>(), new LinkedHashMap<>())) {
                if (type.isInstance(made)) {
                    return type.cast(made);
                }
            }
            throw new IllegalStateException("picocli is to make a " + type.getName());
        }
    };

    Flags(CommandSpec spec) {
        this.spec = spec;
    }

    /// What picocli knows the command by.
    static CommandSpec of(Command command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command, COLLECTIONS);
        command.describe(new Flags(spec));
        return spec;
    }

    /// @param description one sentence
    /// @param examples command lines, each with the reason after two spaces or more where it needs one
    Flags about(String name, String description, String... examples) {
        spec.name(name);
        spec.usageMessage().description(description).footer(examples);
        return this;
    }

    /// The heading of the flags that follow.
    Flags section(String heading) {
        section = heading;
        return this;
    }

    static String section(OptionSpec option) {
        // A field of picocli's model that we have no other use for.
        return String.valueOf(option.descriptionKey());
    }

    /// On or off.
    Flags toggle(String name, boolean preset, String description, Consumer<Boolean> set) {
        String shown = preset ? description + " Default: true." : description;
        return add(option(name, Boolean.class, "", shown, set)
                .arity("0..1")
                .fallbackValue("true")
                .hideParamSyntax(true));
    }

    Flags text(String name, String label, String description, Consumer<String> set) {
        return add(option(name, String.class, label, description, set));
    }

    /// May be written several times, and with commas.
    Flags texts(String name, String label, String description, List<String> into) {
        return add(option(name, String.class, label, description + " Repeatable.", into::add));
    }

    Flags number(String name, String label, int preset, String description, IntConsumer set) {
        String shown = description + " Default: " + preset + ".";
        return add(option(name, Integer.class, label, shown, set::accept));
    }

    Flags file(String name, String label, String description, Consumer<Path> set) {
        return add(option(name, Path.class, label, description, set).converters(Flags::path));
    }

    /// An empty one would be the folder that somebody stands in, which nobody means who passes an unset variable.
    private static Path path(String word) {
        if (word.isEmpty()) {
            throw new TypeConversionException("it is empty, and names no file or folder; is a variable not set?");
        }
        return Path.of(word);
    }

    <E extends Enum<E>> Flags choice(String name, E preset, String description, Consumer<E> set) {
        Class<E> type = preset.getDeclaringClass();
        List<String> values = values(type);
        String shown = description + " " + String.join(", ", values) + ". Default: " + preset + ".";
        return add(option(name, type, "WORD", shown, set)
                .completionCandidates(values)
                .converters(word -> chosen(type, word)));
    }

    private static <E extends Enum<E>> List<String> values(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::toString).toList();
    }

    private static <E extends Enum<E>> E chosen(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        Text.quoted(word) + " is not one of " + String.join(", ", values(type))));
    }

    /// A command below this one.
    Flags command(Commands.Entry child, Root root) {
        spec.addSubcommand(child.name(), Commands.parser(child.make().apply(root), root));
        return this;
    }

    /// An answer instead of the work: nothing else has to be right where it is written.
    Flags help(String name, String description) {
        return add(option(name, Boolean.class, "", description, on -> {})
                .arity("0")
                .usageHelp(true));
    }

    /// Words without a flag.
    ///
    /// @param arity as picocli writes it: `1`, `0..1`, `1..*`
    <V> Flags words(String label, String arity, Class<V> type, String description, Consumer<V> set) {
        PositionalParamSpec.Builder words = words(label, arity, type, description);
        if (type == Path.class) {
            words.converters(Flags::path);
        }
        spec.addPositional(words.setter(new Setter<>(type, set)).build());
        return this;
    }

    /// All words without a flag, however many. Nothing can follow them.
    ///
    /// @param arity of them: `0..*`, `1..*`
    Flags allWords(String label, String arity, String description, List<String> into) {
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .paramLabel(label)
                .arity(arity)
                .required(!arity.startsWith("0"))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .setter(new Words(into))
                .build());
        return this;
    }

    /// One word of a closed list.
    <E extends Enum<E>> Flags word(String label, Class<E> type, String description, Consumer<E> set) {
        spec.addPositional(words(label, "1", type, description)
                .completionCandidates(values(type))
                .converters(word -> chosen(type, word))
                .setter(new Setter<>(type, set))
                .build());
        return this;
    }

    private PositionalParamSpec.Builder words(String label, String arity, Class<?> type, String description) {
        return PositionalParamSpec.builder()
                .index(String.valueOf(spec.positionalParameters().size()))
                .paramLabel(label)
                .arity(arity)
                .required(!arity.startsWith("0"))
                .type(type)
                .description(description);
    }

    private <V> OptionSpec.Builder option(
            String names, Class<V> type, String label, String description, Consumer<? super V> set) {
        return OptionSpec.builder(names.split(",", -1))
                .type(type)
                .paramLabel(label)
                .description(description)
                .descriptionKey(section)
                .setter(new Setter<>(type, set));
    }

    private Flags add(OptionSpec.Builder option) {
        spec.addOption(option.build());
        return this;
    }

    /// Called with null where nothing was written; that must not undo what a field holds.
    private record Setter<V>(Class<V> type, Consumer<? super V> to) implements ISetter {
        @Override
        public <T> @Nullable T set(T value) {
            if (value != null) {
                to.accept(type.cast(value));
            }
            return null;
        }
    }

    /// Called with all words at once, or with null where there are none.
    private record Words(List<String> into) implements ISetter {
        @Override
        public <T> @Nullable T set(T value) {
            into.clear();
            if (value instanceof List<?> words) {
                words.forEach(word -> into.add(String.valueOf(word)));
            }
            return null;
        }
    }
}
