// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How a registry wants to be signed in to. RFC 9110, "WWW-Authenticate".
///
/// @param scheme in lower case
/// @param parameters by name in lower case
record Challenge(String scheme, Map<String, String> parameters) {
    private static final int LONGEST = 16 * 1024;
    private static final int MOST = 16;

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /// Reads all challenges of an answer. What can't be read ends the reading; what came before it counts.
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        for (String header : headers) {
            if (header.length() <= LONGEST) {
                new Reader(header, challenges).read();
            }
        }
        return challenges;
    }

    private static final class Reader {
        private final String text;
        private final List<Challenge> challenges;
        private int at;

        Reader(String text, List<Challenge> challenges) {
            this.text = text;
            this.challenges = challenges;
        }

        void read() {
            while (challenges.size() < MOST) {
                skip(", \t");
                String scheme = token();
                if (scheme.isEmpty()) {
                    return;
                }
                Map<String, String> parameters = new TreeMap<>();
                boolean readable = parameters(parameters);
                challenges.add(new Challenge(scheme.toLowerCase(Locale.ROOT), parameters));
                if (!readable) {
                    return;
                }
            }
        }

        /// Parameters up to the next challenge: a token that no `=` follows is its scheme.
        private boolean parameters(Map<String, String> parameters) {
            while (true) {
                skip(", \t");
                int start = at;
                String name = token();
                skip(" \t");
                if (name.isEmpty() || at >= text.length() || text.charAt(at) != '=') {
                    at = start;
                    return !name.isEmpty() || at >= text.length();
                }
                at++;
                skip(" \t");
                Optional<String> value = at < text.length() && text.charAt(at) == '"' ? quoted() : Optional.of(token());
                if (value.isEmpty()) {
                    return false;
                }
                // The first of several counts: what follows may be another's addition.
                parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value.get());
            }
        }

        private Optional<String> quoted() {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return Optional.of(value.toString());
                }
                if (c == '\\' && at + 1 < text.length()) {
                    at++;
                    c = text.charAt(at);
                }
                value.append(c);
            }
            return Optional.empty();
        }

        /// A token, or what some write in its place without quotes: anything but what separates.
        private String token() {
            int start = at;
            while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
    }
}
