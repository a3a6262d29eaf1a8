// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.release.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which versions are wanted: `>=1.2.0 <2.0.0 !1.4.1 || 3.x`. Conditions with a space between must all hold, of
/// those with `||` between one. `x` stands for any number. A pre-release counts as any other version, so `<2.0.0`
/// holds for `2.0.0-rc.1`; `<2.0.0-0` does not.
///
/// @param text as it was written; empty for all versions
public record VersionRange(String text) {
    private static final Pattern CONDITION = Pattern.compile("(<=|>=|<|>|==|=|!=|!|)\\s{0,10}(v?[0-9xX][^\\s<>=!|]*)");
    private static final Pattern WILDCARD = Pattern.compile("v?(\\d+|x)(?:\\.(\\d+|x))?(?:\\.(\\d+|x))?");

    /// @throws IllegalArgumentException when it is none
    public VersionRange {
        conditions(text);
    }

    public static VersionRange all() {
        return new VersionRange("");
    }

    public boolean holds(Version version) {
        return conditions(text).stream().anyMatch(and -> and.stream().allMatch(condition -> condition.test(version)));
    }

    /// Whether it speaks of pre-releases, so that they are wanted.
    boolean namesPreReleases() {
        return text.contains("-");
    }

    private static List<List<Predicate<Version>>> conditions(String text) {
        List<List<Predicate<Version>>> alternatives = new ArrayList<>();
        for (String part : text.split("\\|\\|", -1)) {
            List<Predicate<Version>> all = new ArrayList<>();
            String rest = part.strip();
            while (!rest.isEmpty()) {
                Matcher next = CONDITION.matcher(rest);
                if (!next.lookingAt()) {
                    throw invalid(text);
                }
                all.add(condition(next.group(1), next.group(2), text));
                rest = rest.substring(next.end()).strip();
            }
            if (all.isEmpty() && !text.isBlank()) {
                throw invalid(text);
            }
            alternatives.add(all);
        }
        return alternatives;
    }

    private static Predicate<Version> condition(String operator, String operand, String text) {
        Optional<Version> exact = Version.parse(operand);
        Version from = exact.orElseGet(() -> lowest(operand, text));
        Optional<Version> above = exact.isPresent() ? Optional.empty() : above(operand, from);
        return switch (operator) {
            case "<" -> version -> version.compareTo(from) < 0;
            case ">=" -> version -> version.compareTo(from) >= 0;
            case "<=" -> version -> above.map(end -> version.compareTo(end) < 0).orElse(version.compareTo(from) <= 0);
            case ">" -> version -> above.map(end -> version.compareTo(end) >= 0).orElse(version.compareTo(from) > 0);
            case "!", "!=" -> version -> !within(version, from, above);
            default -> version -> within(version, from, above);
        };
    }

    private static boolean within(Version version, Version from, Optional<Version> above) {
        return above.map(end -> version.compareTo(from) >= 0 && version.compareTo(end) < 0)
                .orElse(version.compareTo(from) == 0);
    }

    /// The first version that a wildcard stands for.
    private static Version lowest(String operand, String text) {
        Matcher wildcard = WILDCARD.matcher(operand.replace('X', 'x'));
        if (!wildcard.matches()) {
            throw invalid(text);
        }
        return new Version(number(wildcard, 1), number(wildcard, 2), number(wildcard, 3), "", "", false);
    }

    /// The first version behind those that a wildcard stands for; empty when there is none behind.
    private static Optional<Version> above(String operand, Version from) {
        Matcher wildcard = WILDCARD.matcher(operand.replace('X', 'x'));
        if (!wildcard.matches() || !isNumber(wildcard.group(1))) {
            return Optional.of(new Version(999_999_999_999L, 0, 0, "", "", false));
        }
        return Optional.of(
                isNumber(wildcard.group(2))
                        ? new Version(from.major(), from.minor() + 1, 0, "0", "", false)
                        : new Version(from.major() + 1, 0, 0, "0", "", false));
    }

    private static long number(Matcher wildcard, int group) {
        return isNumber(wildcard.group(group)) ? Long.parseLong(wildcard.group(group)) : 0;
    }

    private static boolean isNumber(@Nullable String part) {
        return part != null && !part.equals("x");
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(
                "invalid constraints \"" + text + "\": want conditions as in >=1.2.0 <2.0.0");
    }
}
