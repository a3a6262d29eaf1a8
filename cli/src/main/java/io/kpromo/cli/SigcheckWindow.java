// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.check.Promoted;
import io.kpromo.trust.inspect.Requirement;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// Which of the uploaded images are checked, and for what.
final class SigcheckWindow {
    private final Instant from;
    private final Instant to;
    private final int limit;
    private final Optional<Instant> recordsSince;

    /// @param recordsSince a day in UTC or a moment; empty for always
    /// @throws UsageException where a number is negative, the window empty or the date none
    SigcheckWindow(Instant now, int fromDays, int toDays, int limit, String recordsSince) {
        if (toDays < 0 || fromDays <= toDays) {
            throw new UsageException("--from-days " + fromDays + " --to-days " + toDays
                    + " is no span of time: the first is the greater one, and neither is negative");
        }
        if (limit < 0) {
            throw new UsageException("--limit is 0 or more; got " + limit);
        }
        this.from = now.minus(Duration.ofDays(fromDays));
        this.to = now.minus(Duration.ofDays(toDays));
        this.limit = limit;
        this.recordsSince = recordsSince.isEmpty() ? Optional.empty() : Optional.of(moment(recordsSince));
    }

    private static Instant moment(String text) {
        try {
            return text.length() == "2026-11-01".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UsageException(
                    "--attestations-since is a date, 2026-11-01, or a moment," + " 2026-11-01T12:00:00Z; got " + text,
                    e);
        }
    }

    Instant from() {
        return from;
    }

    Instant to() {
        return to;
    }

    /// As many as are wanted, with records required of those alone that were uploaded since they are written.
    List<Promoted> cut(List<Promoted> images) {
        return images.stream()
                .map(this::requirements)
                .filter(image -> !image.required().isEmpty())
                .limit(limit == 0 ? Long.MAX_VALUE : limit)
                .toList();
    }

    private Promoted requirements(Promoted image) {
        boolean before = recordsSince
                .flatMap(since -> image.uploaded().map(uploaded -> uploaded.isBefore(since)))
                .orElse(false);
        if (!before) {
            return image;
        }
        EnumSet<Requirement> without = EnumSet.copyOf(image.required());
        without.remove(Requirement.RECORD);
        return image.requiring(without);
    }
}
