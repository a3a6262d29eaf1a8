// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.util.Locale;

/// Something the project promises of a figure: that it is at most so much.
///
/// @param what the figure is
/// @param measured value
/// @param limit that it may reach and not pass
/// @param unit of both; may be empty
record Bound(String what, double measured, double limit, String unit) {
    boolean met() {
        return measured <= limit;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%-8s %s: %.2f %s (at most %.2f)", met() ? "met" : "MISSED", what, measured, unit, limit);
    }
}
