// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import io.kpromo.trust.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/// Times in predicates. RFC 3339.
final class Times {
    private Times() {}

    /// In UTC and whole seconds.
    static String written(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Instant read(Json json, String name) {
        try {
            return OffsetDateTime.parse(json.text(name)).toInstant();
        } catch (DateTimeException e) {
            throw json.wrong("has no time as " + name + ": " + Shown.briefly(json.text(name)));
        }
    }
}
