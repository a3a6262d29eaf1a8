// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the address of a git remote tells of the repository behind it. A user and a password in it are passed over.
///
/// @param host empty for a folder of this machine
/// @param path as the forge calls the repository: `owner/name`; on GitLab `group/subgroup/name`, too
record OriginAddress(String host, String path) {
    private static final Pattern URL =
            Pattern.compile("[A-Za-z+]+://(?:[^/]*@)?(?<host>[^/:@]*)(?::\\d+)?/(?<path>.+)");
    /// `git@host:owner/name.git`
    private static final Pattern SCP = Pattern.compile("(?:[^/:]*@)?(?<host>[^/:@]{2,}):/?(?<path>[^/:].*)");
    private static final Pattern LAST_TWO = Pattern.compile("(?:.*[/:\\\\])?([^/:\\\\]+)[/\\\\]([^/:\\\\]+)");

    /// Empty where no repository can be told.
    static Optional<OriginAddress> of(String remote) {
        String text = remote.strip().replaceFirst("/+$", "").replaceFirst("\\.git$", "");
        Matcher url = URL.matcher(text);
        Matcher scp = SCP.matcher(text);
        Matcher found = url.matches() ? url : scp;
        if (found == scp && (text.contains("://") || !scp.matches())) {
            return folder(text);
        }
        String host = found.group("host");
        return host.isEmpty() ? folder(text) : Optional.of(new OriginAddress(host, found.group("path")));
    }

    private static Optional<OriginAddress> folder(String path) {
        Matcher names = LAST_TWO.matcher(path);
        return names.matches()
                ? Optional.of(new OriginAddress("", names.group(1) + "/" + names.group(2)))
                : Optional.empty();
    }
}
