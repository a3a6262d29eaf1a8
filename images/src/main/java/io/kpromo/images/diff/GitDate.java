// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.diff;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A date as people give it to git: relative (`2 weeks ago`, `1 week 2 days`, `yesterday`, `last friday`) or
/// absolute (ISO 8601, RFC 1123, seconds since 1970). Words stand apart by blanks or dots; `ago` may be left
/// out. A day alone means its first moment, where git takes the present time of day.
///
/// @param instant what it comes to; 1970 for all that is older, as git has it
record GitDate(Instant instant) {
    GitDate {
        instant = instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant;
    }

    private static final Map<String, ChronoUnit> UNITS = Map.ofEntries(
            Map.entry("second", ChronoUnit.SECONDS),
            Map.entry("sec", ChronoUnit.SECONDS),
            Map.entry("minute", ChronoUnit.MINUTES),
            Map.entry("min", ChronoUnit.MINUTES),
            Map.entry("hour", ChronoUnit.HOURS),
            Map.entry("day", ChronoUnit.DAYS),
            Map.entry("week", ChronoUnit.WEEKS),
            Map.entry("month", ChronoUnit.MONTHS),
            Map.entry("year", ChronoUnit.YEARS));
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("a", 1),
            Map.entry("an", 1),
            Map.entry("last", 1),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10));

    /// @throws DiffException when the text is no date
    static GitDate parse(String text, Clock clock) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        try {
            return new GitDate(
                    absolute(text.strip(), now).or(() -> relative(text, now)).orElseThrow(() -> unknown(text)));
        } catch (DateTimeException | ArithmeticException e) {
            throw unknown(text);
        }
    }

    private static DiffException unknown(String text) {
        return new DiffException("\"" + text + "\" is not a date that is understood; write for example \"7 days\","
                + " \"24 hours\", \"yesterday\" or \"2026-11-01\"");
    }

    private static Optional<Instant> absolute(String text, ZonedDateTime now) {
        if (text.matches("@\\d{1,11}|\\d{9,11}")) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(text.replace("@", ""))));
        }
        if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
            return Optional.of(LocalDate.parse(text).atStartOfDay(now.getZone()).toInstant());
        }
        if (text.matches("\\d{4}-\\d{2}-\\d{2}[ T].+")) {
            return Optional.of(time(text, now));
        }
        if (text.matches("[A-Z][a-z]{2}, \\d.*")) {
            return Optional.of(OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        }
        return Optional.empty();
    }

    /// ISO 8601 as git prints it too: `2026-11-01 10:00:00 +0100`.
    private static Instant time(String text, ZonedDateTime now) {
        String iso = text.replaceFirst("[ T]+", "T").replace(" ", "").replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2");
        return iso.matches(".*(Z|[+-]\\d{2}:\\d{2})$")
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).atZone(now.getZone()).toInstant();
    }

    private static Optional<Instant> relative(String text, ZonedDateTime now) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("[\\s.,_]+", -1);
        int count = words.length > 1 && words[words.length - 1].equals("ago") ? words.length - 1 : words.length;
        List<String> said = Arrays.asList(words).subList(0, count);
        if (said.size() == 1) {
            return word(said.getFirst(), now);
        }
        if (said.size() == 2
                && said.getFirst().equals("last")
                && weekday(said.get(1)).isPresent()) {
            return word(said.get(1), now);
        }
        if (said.size() % 2 != 0) {
            return Optional.empty();
        }
        ZonedDateTime then = now;
        for (int i = 0; i < said.size(); i += 2) {
            Optional<Integer> number = number(said.get(i));
            Optional<ChronoUnit> unit = unit(said.get(i + 1));
            if (number.isEmpty() || unit.isEmpty()) {
                return Optional.empty();
            }
            then = then.minus(number.get(), unit.get());
        }
        return Optional.of(then.toInstant());
    }

    private static Optional<Instant> word(String word, ZonedDateTime now) {
        return switch (word) {
            case "now" -> Optional.of(now.toInstant());
            case "today", "midnight" -> Optional.of(now.with(LocalTime.MIDNIGHT).toInstant());
            case "yesterday" -> Optional.of(now.minusDays(1).toInstant());
            default ->
                weekday(word)
                        .map(day -> now.with(TemporalAdjusters.previous(day)).toInstant());
        };
    }

    private static Optional<DayOfWeek> weekday(String word) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> word.length() >= 3
                        && day.name().toLowerCase(Locale.ROOT).startsWith(word))
                .findFirst();
    }

    private static Optional<Integer> number(String word) {
        return word.matches("\\d{1,6}") ? Optional.of(Integer.parseInt(word)) : Optional.ofNullable(NUMBERS.get(word));
    }

    private static Optional<ChronoUnit> unit(String word) {
        ChronoUnit unit = UNITS.get(word);
        return Optional.ofNullable(
                unit == null && word.endsWith("s") ? UNITS.get(word.substring(0, word.length() - 1)) : unit);
    }
}
