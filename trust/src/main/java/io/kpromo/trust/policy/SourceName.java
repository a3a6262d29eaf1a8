// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Locale;

/// The address of a source repository without what differs between its spellings: `github.com/org/repo` of
/// `git+https://github.com/org/repo.git@refs/heads/main`.
final class SourceName {
    /// Ways to a repository that nobody on the way can change. What came another way keeps its scheme, and so is no
    /// listed source.
    private static final Pattern SAFE_SCHEME = Pattern.compile("^(?:git\\+)?(?:https|ssh)://");

    private static final Pattern SCP = Pattern.compile("^(?:[A-Za-z0-9_.-]+@)([A-Za-z0-9.-]+):([^/].*)$");

    private SourceName() {}

    static String of(String address) {
        String text = address.strip();
        Matcher scp = SCP.matcher(text);
        if (scp.matches()) {
            text = scp.group(1) + "/" + scp.group(2);
        } else {
            text = SAFE_SCHEME.matcher(text).replaceFirst("");
        }
        if (text.contains("://")) {
            return text;
        }
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        String path = slash < 0 ? "" : text.substring(slash);
        host = host.substring(host.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return host + withoutEnd(path);
    }

    /// Without ref, query, fragment, `.git` and slashes at the end.
    private static String withoutEnd(String path) {
        String rest = path;
        for (char mark : new char[] {'#', '?', '@'}) {
            int at = rest.indexOf(mark);
            rest = at < 0 ? rest : rest.substring(0, at);
        }
        while (rest.endsWith("/")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        return rest.endsWith(".git") ? rest.substring(0, rest.length() - ".git".length()) : rest;
    }
}
