// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The time as HTTP writes it, formatted once a second. RFC 9110, section 5.6.7.
final class DateHeader {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private record Written(long second, String text) {}

    private final Clock clock;
    private volatile Written last = new Written(Long.MIN_VALUE, "");

    DateHeader(Clock clock) {
        this.clock = clock;
    }

    String now() {
        long second = clock.millis() / 1000;
        Written written = last;
        if (written.second() != second) {
            written = new Written(
                    second, FORMAT.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)));
            last = written;
        }
        return written.text();
    }
}
