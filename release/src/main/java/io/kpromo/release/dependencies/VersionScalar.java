// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.yaml.Problems;
import java.util.regex.Pattern;

/// The version of a dependency as it stands in the file of dependencies.
record VersionScalar(TextFile file, Dependency dependency) {
    /// What stays the same text without quotes.
    private static final Pattern PLAIN = Pattern.compile("[0-9A-Za-z_/.][0-9A-Za-z_/.+@=-]*(?::[0-9A-Za-z_/.+@=-]+)*");

    /// What others read as something else than text; YAML 1.1 has more of them than 1.2.
    private static final Pattern WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    /// The file with another version there, in the same kind of quotes; one that would be read as something else
    /// without them gets them.
    TextFile becoming(String version, Problems problems) {
        String text = file.text();
        int at = offset(text);
        char quote = text.charAt(at) == '"' || text.charAt(at) == '\'' ? text.charAt(at) : 0;
        String old = quote == 0 ? dependency.version() : quote + dependency.version() + quote;
        if (!text.startsWith(old, at)) {
            problems.add(
                    dependency.versionPlace(),
                    "the version is written in a way that cannot be changed in place; write it as "
                            + dependency.version());
            return file;
        }
        return file.with(text.substring(0, at) + written(version, quote) + text.substring(at + old.length()));
    }

    private static String written(String version, char quote) {
        if (quote == '\'') {
            return quote + version.replace("'", "''") + quote;
        }
        boolean plain =
                PLAIN.matcher(version).matches() && !WORD.matcher(version).matches();
        return quote == '"' || !plain ? '"' + version.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : version;
    }

    private int offset(String text) {
        int at = text.startsWith("\uFEFF") ? 1 : 0;
        for (int line = 1; line < dependency.versionPlace().line(); line++) {
            int end = at;
            while (text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            at = text.startsWith("\r\n", end) ? end + 2 : end + 1;
        }
        return text.offsetByCodePoints(at, dependency.versionPlace().column() - 1);
    }
}
