// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text as it stands in XML (XML 1.0, section 4.1 and 4.6).
final class XmlText {
    /// No character needs more digits; what has more stays as it is written.
    private static final Pattern REFERENCE = Pattern.compile("&(lt|gt|quot|apos|amp|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});");

    private XmlText() {}

    /// With what the five names and the numbers stand for. Each is read once: what comes of it is text. What stands
    /// for no character stays.
    static String decoded(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(meant(found.group(), found.group(1))));
    }

    private static String meant(String written, String name) {
        return switch (name) {
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "apos" -> "'";
            case "amp" -> "&";
            default -> {
                int point = name.startsWith("#x")
                        ? Integer.parseInt(name.substring(2), 16)
                        : Integer.parseInt(name.substring(1));
                boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
                yield Character.isValidCodePoint(point) && !surrogate ? Character.toString(point) : written;
            }
        };
    }
}
