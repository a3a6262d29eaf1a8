// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what a registry says about a failure. Distribution-spec 1.1, "Error codes"; token endpoints have forms of
/// their own, and so have services that hold keys, and stores of files.
final class RegistryError {
    private static final int LARGEST = 64 * 1024;
    private static final int LONGEST_CODE = 64;

    /// Loaded with the first error only: most runs have none.
    private static final class Json {
        static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(16)
                                .maxDocumentLength(LARGEST)
                                .build())
                        .build())
                .build();
    }

    private final Time time;

    RegistryError(Time time) {
        this.time = time;
    }

    /// @param head whether the request was a `HEAD`, whose answer can't say anything
    /// @param authorization what was sent, to be hidden where it comes back
    AnswerException of(Response response, boolean head, Optional<String> authorization) {
        String code = "";
        String said = head ? "an answer to HEAD has no body to say why" : "";
        if (!head) {
            String body = body(response);
            try {
                JsonNode root = Json.MAPPER.readTree(body);
                JsonNode first = root.path("errors").path(0);
                code = text(first.path("code"));
                said = said(root, first);
            } catch (JacksonException notJson) {
                code = element("Code", body);
                said = code.isEmpty() ? body.startsWith("<") ? "(a page in HTML)" : body : element("Message", body);
            }
        }
        return new AnswerException(
                response.status(),
                isCode(code) ? code : "",
                Redact.said(said, authorization),
                response.header("Retry-After").flatMap(this::wait));
    }

    private static String body(Response response) {
        try {
            return new String(response.body().readNBytes(LARGEST), StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            // The status counts for more than a body that broke off.
            return "";
        }
    }

    private static String said(JsonNode root, JsonNode first) {
        String message = text(first.path("message"));
        JsonNode detail = first.path("detail");
        String more = detail.isString() ? detail.asString() : "";
        if (!message.isEmpty()) {
            return more.isEmpty() || more.equals(message) ? message : message + ": " + more;
        }
        for (String key : new String[] {"error_description", "message", "details", "detail", "error"}) {
            String text = text(root.path(key));
            if (!text.isEmpty()) {
                return text;
            }
        }
        // Vault, and Google.
        return first.isString()
                ? first.asString()
                : more.isEmpty() ? text(root.path("error").path("message")) : more;
    }

    /// What stands in an element of an error of S3, whose form is fixed ("Error responses"): empty where it is
    /// none.
    private static String element(String name, String body) {
        int error = body.indexOf("<Error>");
        int from = error < 0 ? -1 : body.indexOf("<" + name + ">", error);
        int to = from < 0 ? -1 : body.indexOf("</" + name + ">", from);
        return to < 0 ? "" : XmlText.decoded(body.substring(from + name.length() + 2, to));
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.asString() : "";
    }

    private static boolean isCode(String code) {
        return code.length() <= LONGEST_CODE
                && code.chars().allMatch(c -> c == '_' || c == '-' || (c < 0x7f && Character.isLetterOrDigit(c)));
    }

    /// RFC 9110, "Retry-After": seconds or a date.
    private Optional<Duration> wait(String value) {
        if (!value.isEmpty() && value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant at = ZonedDateTime.parse(
                            value,
                            DateTimeFormatter.RFC_1123_DATE_TIME
                                    .withLocale(Locale.ROOT)
                                    .withZone(ZoneOffset.UTC))
                    .toInstant();
            Duration wait = Duration.between(time.now(), at);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
