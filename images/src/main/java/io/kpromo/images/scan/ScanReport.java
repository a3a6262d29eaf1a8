// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import io.kpromo.images.trust.Staged;
import java.util.List;

/// What is known of the vulnerabilities of one content.
///
/// @param threshold from which on they count
public record ScanReport(Staged staged, ScanResult result, Severity threshold) {
    /// All, the worst first; none where nobody could say.
    public List<Vulnerability> vulnerabilities() {
        return switch (result) {
            case ScanResult.Scanned(var found) -> found;
            case ScanResult.Unknown _ -> List.of();
        };
    }

    /// Those that count.
    public List<Vulnerability> severe() {
        return vulnerabilities().stream()
                .filter(vulnerability -> vulnerability.severity().isAtLeast(threshold))
                .toList();
    }

    /// Whether the rule says no: exit code 3.
    public boolean refused() {
        return !severe().isEmpty();
    }

    /// Whether nobody could say: exit code 1.
    public boolean unknown() {
        return result instanceof ScanResult.Unknown;
    }

    /// One line: `gcr.io/stage/a@sha256:…: 2 vulnerabilities of HIGH or worse, 7 in all`
    @Override
    public String toString() {
        return staged + ": "
                + switch (result) {
                    case ScanResult.Unknown(String why) -> "not checked: " + why;
                    case ScanResult.Scanned(var all) ->
                        severe().size() + " vulnerabilities of " + threshold + " or worse, " + all.size() + " in all";
                };
    }
}
