// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.announce;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// A mail as it is sent: RFC 5322, with a text in UTF-8.
///
/// @param id without angle brackets; lists drop a second mail of the same
record MailText(String id, String from, List<String> to, String subject, String text, Instant when) {
    private static final int ENCODED_WORD = 42;

    /// Lines end with CR LF; none is longer than 998 characters, none begins with a dot.
    String lines() {
        String body = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'})
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return String.join(
                "\r\n",
                "From: " + from,
                "To: " + to.stream().collect(Collectors.joining(",\r\n ")),
                "Subject: " + encoded(subject),
                "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(when.atOffset(ZoneOffset.UTC)),
                "Message-ID: <" + id + ">",
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: base64",
                "",
                body,
                "");
    }

    /// RFC 2047: words of at most 75 characters, so that no line end in a title can begin a header.
    private static String encoded(String title) {
        StringBuilder words = new StringBuilder();
        StringBuilder piece = new StringBuilder();
        title.codePoints().forEach(c -> {
            if ((piece + Character.toString(c)).getBytes(StandardCharsets.UTF_8).length > ENCODED_WORD) {
                words.append(word(piece.toString())).append("\r\n ");
                piece.setLength(0);
            }
            piece.appendCodePoint(c);
        });
        return words + word(piece.toString());
    }

    private static String word(String piece) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(piece.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
