// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Addresses below an API, with what others chose as names made harmless.
public final class Target {
    private final StringBuilder text = new StringBuilder();
    private char next = '?';

    private Target(String first) {
        text.append(first);
    }

    /// @param template with `{}` for each name: `/repos/{}/{}/pulls`
    /// @param names which are escaped, slashes too
    public static Target of(String template, Object... names) {
        StringBuilder path = new StringBuilder();
        int from = 0;
        for (Object name : names) {
            int at = template.indexOf("{}", from);
            path.append(template, from, at).append(escaped(name.toString()));
            from = at + 2;
        }
        return new Target(path.append(template, from, template.length()).toString());
    }

    /// A path of a repository, whose slashes stay.
    public static String path(String path) {
        return Arrays.stream(path.split("/", -1)).map(Target::escaped).collect(Collectors.joining("/"));
    }

    /// A part of the query.
    public Target with(String key, Object value) {
        text.append(next).append(key).append('=').append(escaped(value.toString()));
        next = '&';
        return this;
    }

    private static String escaped(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
