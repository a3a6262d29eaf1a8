// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.version;

import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.TagOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version by SemVer 2.0.0, with or without a `v` in front. Printed as it was written.
///
/// Ordered by precedence (SemVer 2.0.0, 11), as `kpromo ls` orders tags: `v` and build metadata count for nothing,
/// so two versions of the same precedence need not be equal.
///
/// @param preRelease `rc.1`, or empty
/// @param build metadata, or empty
/// @param prefixed whether a `v` stands in front
public record Version(long major, long minor, long patch, String preRelease, String build, boolean prefixed)
        implements Comparable<Version> {
    private static final String NUMBER = "(0|[1-9]\\d{0,17})";
    private static final String PRE = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";
    private static final Pattern STRICT = Pattern.compile("(v?)" + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-("
            + PRE + "(?:\\." + PRE + ")*))?(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");
    private static final Pattern SHORT = Pattern.compile("(v?)(\\d{1,18})(?:\\.(\\d{1,18}))?");
    private static final Pattern ZEROS =
            Pattern.compile("(v?)0*(\\d{1,18})\\.0*(\\d{1,18})\\.0*(\\d{1,18})((?:[-+].*)?)");
    private static final int LONGEST = 128;

    /// @throws InvalidNameException when the parts make no version
    public Version {
        if (!strictly(text(prefixed, major, minor, patch, preRelease, build))) {
            throw new InvalidNameException(
                    "version", text(prefixed, major, minor, patch, preRelease, build), "SemVer 2.0.0");
        }
    }

    /// Reads `v1.2.3` or `1.2.3-rc.1+5`.
    ///
    /// @throws InvalidNameException when it is not that
    public static Version of(String text) {
        return parse(text)
                .orElseThrow(
                        () -> new InvalidNameException("version", text, "SemVer 2.0.0, as in v1.2.3 or v1.2.3-rc.1"));
    }

    /// Reads a version; empty when it is none.
    public static Optional<Version> parse(String text) {
        Matcher found = STRICT.matcher(text);
        if (text.length() > LONGEST || !found.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Version(
                Long.parseLong(found.group(2)),
                Long.parseLong(found.group(3)),
                Long.parseLong(found.group(4)),
                found.group(5) == null ? "" : found.group(5),
                found.group(6) == null ? "" : found.group(6),
                !found.group(1).isEmpty()));
    }

    /// Reads what others call a version, too: parts may be missing (`1.22`, `v3`) and numbers may begin with zeros
    /// (`19.03.15`). What is read is printed in its full form.
    public static Optional<Version> tolerant(String text) {
        String trimmed = text.strip();
        Matcher brief = SHORT.matcher(trimmed);
        if (brief.matches()) {
            long minor = brief.group(3) == null ? 0 : Long.parseLong(brief.group(3));
            return Optional.of(new Version(
                    Long.parseLong(brief.group(2)),
                    minor,
                    0,
                    "",
                    "",
                    !brief.group(1).isEmpty()));
        }
        Matcher zeros = ZEROS.matcher(trimmed);
        return zeros.matches()
                ? parse(zeros.group(1) + zeros.group(2) + "." + zeros.group(3) + "." + zeros.group(4) + zeros.group(5))
                : Optional.empty();
    }

    /// Whether it comes before its release: `1.0.0-rc.1`.
    public boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    /// Without `v` and build metadata: `1.2.3-rc.1`.
    public String bare() {
        return text(false, major, minor, patch, preRelease, "");
    }

    @Override
    public int compareTo(Version other) {
        return new TagOrder().compare(bare(), other.bare());
    }

    @Override
    public String toString() {
        return text(prefixed, major, minor, patch, preRelease, build);
    }

    private static boolean strictly(String text) {
        return text.length() <= LONGEST && STRICT.matcher(text).matches();
    }

    private static String text(boolean prefixed, long major, long minor, long patch, String pre, String build) {
        return (prefixed ? "v" : "") + major + "." + minor + "." + patch + (pre.isEmpty() ? "" : "-" + pre)
                + (build.isEmpty() ? "" : "+" + build);
    }
}
