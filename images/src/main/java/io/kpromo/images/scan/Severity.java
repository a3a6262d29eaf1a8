// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import java.util.Locale;
import java.util.regex.Pattern;

/// How bad a vulnerability is; the ordinal is the number that `--vuln-severity-threshold` takes.
public enum Severity {
    UNSPECIFIED,
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    private static final Pattern SCORE = Pattern.compile("[0-9]{1,2}(\\.[0-9]{1,3})?");

    /// The words of Google, Trivy, Grype, CycloneDX and SARIF; what is none of them is unspecified.
    static Severity of(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "MINIMAL", "NEGLIGIBLE", "INFO", "NONE" -> MINIMAL;
            case "LOW", "NOTE" -> LOW;
            case "MEDIUM", "MODERATE", "WARNING" -> MEDIUM;
            case "HIGH", "ERROR", "IMPORTANT" -> HIGH;
            case "CRITICAL" -> CRITICAL;
            default -> UNSPECIFIED;
        };
    }

    /// CVSS 3.1, "Qualitative Severity Rating Scale"; 0 is "none".
    static Severity ofScore(double score) {
        if (score >= 9) {
            return CRITICAL;
        }
        if (score >= 7) {
            return HIGH;
        }
        if (score >= 4) {
            return MEDIUM;
        }
        return score > 0 ? LOW : MINIMAL;
    }

    /// A word, or a score of CVSS as text.
    static Severity ofWordOrScore(String text) {
        return SCORE.matcher(text).matches() ? ofScore(Double.parseDouble(text)) : of(text);
    }

    /// @param number 0 to 5
    public static Severity ofNumber(int number) {
        if (number < 0 || number >= values().length) {
            throw new IllegalArgumentException("a severity is 0 (UNSPECIFIED) to 5 (CRITICAL); got " + number);
        }
        return values()[number];
    }

    public boolean isAtLeast(Severity other) {
        return compareTo(other) >= 0;
    }
}
