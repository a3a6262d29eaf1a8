// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes what others said fit to be shown: printable, of bounded length, and without what may be a secret.
public final class Redact {
    private static final Set<String> HARMLESS = Set.of(
            "n",
            "last",
            "mount",
            "from",
            "digest",
            "artifactType",
            "service",
            "scope",
            "next_page",
            "page",
            "per_page",
            // Of forges.
            "ref",
            "sort",
            "direction",
            "head",
            "base",
            "recursive",
            "branch",
            // Of stores of files; not `upload_id`, which lets who knows it write.
            "alt",
            "fields",
            "generation",
            "ifGenerationMatch",
            "list-type",
            "max-keys",
            "maxResults",
            "partNumber",
            "prefix",
            "start-after",
            "startOffset",
            "uploads",
            "uploadType");
    private static final int LONGEST = 500;

    private Redact() {}

    /// The address without a user's name, a fragment, and the values of query keys that aren't known to be
    /// harmless.
    static String address(URI address) {
        StringBuilder text = new StringBuilder(128);
        if (address.getScheme() != null) {
            text.append(address.getScheme()).append("://");
        }
        if (address.getHost() != null) {
            text.append(address.getHost());
            if (address.getPort() >= 0) {
                text.append(':').append(address.getPort());
            }
        }
        return printable(text.append(target(address)).toString());
    }

    /// Path and query, redacted likewise.
    static String target(URI address) {
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        String query = address.getRawQuery();
        return query == null ? path : path + "?" + query(query);
    }

    private static String query(String query) {
        StringBuilder text = new StringBuilder(query.length());
        int from = 0;
        while (from <= query.length()) {
            int and = query.indexOf('&', from);
            int to = and < 0 ? query.length() : and;
            int equals = query.indexOf('=', from);
            if (from > 0) {
                text.append('&');
            }
            if (equals < 0 || equals > to) {
                // A key alone may be a secret as a whole.
                text.append(
                        HARMLESS.contains(query.substring(from, to)) || to == from ? query.substring(from, to) : "***");
            } else {
                String key = query.substring(from, equals);
                text.append(key).append('=').append(HARMLESS.contains(key) ? query.substring(equals + 1, to) : "***");
            }
            from = to + 1;
        }
        return text.toString();
    }

    /// What another said: printable, and without what we sent as `Authorization`, without tokens, and without the
    /// queries of addresses, which may be signed.
    ///
    /// @param authorization the header's value; empty where none was sent
    public static String said(String text, Optional<String> authorization) {
        String clean = text;
        for (String secret : authorization.map(Redact::secrets).orElse(List.of())) {
            clean = clean.replace(secret, "***");
        }
        return printable(withoutTokens(clean));
    }

    /// The credential of an `Authorization`, and the password within where it is basic.
    private static List<String> secrets(String authorization) {
        String credential = authorization.substring(authorization.indexOf(' ') + 1);
        if (!authorization.startsWith("Basic ")) {
            return List.of(credential);
        }
        String pair = new String(Base64.getDecoder().decode(credential), StandardCharsets.UTF_8);
        String password = pair.substring(pair.indexOf(':') + 1);
        return password.isEmpty() ? List.of(credential) : List.of(credential, password);
    }

    /// Hides words that look like secrets: what follows `Bearer` and `Basic`, JSON web tokens, queries of
    /// addresses.
    private static String withoutTokens(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), 2 * LONGEST));
        boolean hideNext = false;
        for (String word :
                text.substring(0, Math.min(text.length(), 2 * LONGEST)).split(" ", -1)) {
            int query = word.contains("://") ? word.indexOf('?') : -1;
            int at = word.contains("://") ? word.indexOf('@') : -1;
            if (!clean.isEmpty()) {
                clean.append(' ');
            }
            if ((hideNext && !word.isEmpty()) || word.contains("eyJ") || at >= 0) {
                clean.append("***");
            } else {
                clean.append(query < 0 ? word : word.substring(0, query) + "?***");
            }
            hideNext = word.equalsIgnoreCase("Bearer") || word.equalsIgnoreCase("Basic");
        }
        return clean.toString();
    }

    /// At most 500 characters, with spaces for what can't be printed, so that nobody writes into our terminal.
    static String printable(String text) {
        int length = Math.min(text.length(), LONGEST);
        StringBuilder clean = new StringBuilder(length + 1);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean shown = c >= ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0) && !isInvisible(c);
            clean.append(shown ? c : ' ');
        }
        return (text.length() > LONGEST ? clean.append('…') : clean).toString().strip();
    }

    /// Marks that change the direction of text or have no width: they make a message say something else.
    private static boolean isInvisible(char c) {
        return (c >= 0x200b && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0xfeff;
    }
}
