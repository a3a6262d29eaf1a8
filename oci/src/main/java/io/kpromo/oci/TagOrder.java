// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The order of releases: tags that are versions by precedence (SemVer 2.0.0, 11), before them all others by their
/// text,
/// in which numbers count as numbers.
///
/// A version may begin with `v` and lack its last parts: `v1.30`, `2`. `1.30.0-rc.1` comes before `1.30.0`.
/// Versions of equal precedence are ordered by their text, so that no two tags are equal.
public final class TagOrder implements Comparator<String> {
    private static final Pattern VERSION =
            Pattern.compile("v?(\\d{1,30})(?:\\.(\\d{1,30}))?(?:\\.(\\d{1,30}))?(?:-([0-9A-Za-z.-]+))?");
    private static final Pattern PART = Pattern.compile("\\d+|\\D+");

    private record Version(BigInteger major, BigInteger minor, BigInteger patch, String preRelease) {
        static Optional<Version> of(String tag) {
            Matcher matcher = VERSION.matcher(tag);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            String pre = matcher.group(4);
            return Optional.of(new Version(
                    number(matcher.group(1)),
                    number(matcher.group(2)),
                    number(matcher.group(3)),
                    pre == null ? "" : pre));
        }

        private static BigInteger number(@Nullable String digits) {
            return digits == null ? BigInteger.ZERO : new BigInteger(digits);
        }
    }

    @Override
    public int compare(String a, String b) {
        Optional<Version> left = Version.of(a);
        Optional<Version> right = Version.of(b);
        if (left.isPresent() && right.isPresent()) {
            int byPrecedence = versions(left.get(), right.get());
            return byPrecedence != 0 ? byPrecedence : a.compareTo(b);
        }
        if (left.isPresent() != right.isPresent()) {
            return left.isPresent() ? 1 : -1;
        }
        int byParts = parts(pieces(PART, a), pieces(PART, b));
        return byParts != 0 ? byParts : a.compareTo(b);
    }

    private static int versions(Version a, Version b) {
        int byNumbers = Comparator.comparing(Version::major)
                .thenComparing(Version::minor)
                .thenComparing(Version::patch)
                .compare(a, b);
        if (byNumbers != 0) {
            return byNumbers;
        }
        if (a.preRelease.isEmpty() || b.preRelease.isEmpty()) {
            // What is still to be released comes first.
            return Boolean.compare(a.preRelease.isEmpty(), b.preRelease.isEmpty());
        }
        return parts(List.of(a.preRelease.split("\\.", -1)), List.of(b.preRelease.split("\\.", -1)));
    }

    /// Numbers by value and before words, words by their text, fewer before more.
    private static int parts(List<String> a, List<String> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            boolean left = isNumber(a.get(i));
            boolean right = isNumber(b.get(i));
            int order = left && right
                    ? new BigInteger(a.get(i)).compareTo(new BigInteger(b.get(i)))
                    : left != right ? (left ? -1 : 1) : a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static List<String> pieces(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(r -> r.group()).toList();
    }
}
