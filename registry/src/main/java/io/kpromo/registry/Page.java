// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.registry.http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A part of a sorted list. Distribution-spec 1.1, "Listing Tags": `n`, `last` and `Link`.
///
/// @param number how many were asked for
/// @param more whether there are more behind these
record Page(List<String> items, int number, boolean more) {
    static Page of(Asked asked, List<String> sorted) {
        String last = asked.query("last").orElse("");
        List<String> rest = last.isEmpty()
                ? sorted
                : sorted.stream().filter(item -> item.compareTo(last) > 0).toList();
        int number = asked.query("n").map(Page::number).orElse(Integer.MAX_VALUE);
        return rest.size() <= number
                ? new Page(rest, number, false)
                : new Page(List.copyOf(rest.subList(0, number)), number, true);
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw ErrorCode.PAGINATION_NUMBER_INVALID.because("n must be a number from 0");
    }

    /// The answer, with where to go on. A page of none leads nowhere.
    Answer link(String path, Answer answer) {
        if (!more || items.isEmpty()) {
            return answer;
        }
        String last = URLEncoder.encode(items.getLast(), StandardCharsets.UTF_8);
        return answer.with("Link", "<" + path + "?n=" + number + "&last=" + last + ">; rel=\"next\"");
    }
}
