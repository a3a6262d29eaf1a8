// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import java.util.Collection;
import java.util.List;

/// What a scanner knows of an image.
public sealed interface ScanResult {
    /// It has been scanned.
    ///
    /// @param vulnerabilities the worst first, each once; none is good news
    record Scanned(List<Vulnerability> vulnerabilities) implements ScanResult {
        public Scanned {
            vulnerabilities = vulnerabilities.stream().distinct().sorted().toList();
        }

        static Scanned of(Collection<Vulnerability> found) {
            return new Scanned(List.copyOf(found));
        }
    }

    /// Nobody can say: which is not the same as no vulnerability.
    ///
    /// @param why one line
    record Unknown(String why) implements ScanResult {}
}
