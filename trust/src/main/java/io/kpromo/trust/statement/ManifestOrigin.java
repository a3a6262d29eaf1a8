// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import io.kpromo.trust.json.Json;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// The manifest that lists an image: a file, and where in which history it stands.
///
/// @param name path from the root of its repository; outside of one, the path as it was given
/// @param uri of the repository, `git+https://…`, never with credentials
/// @param gitCommit that is checked out
public record ManifestOrigin(String name, Optional<String> uri, Optional<String> gitCommit) {
    /// `user@host:path`; of git's other forms each is a URL.
    private static final Pattern SCP = Pattern.compile("(?:[^@/:]+@)?([^@/:]+):(?!//)(.+)");
    private static final Pattern URL =
            Pattern.compile("(?:git\\+)?(?:https?|ssh|git)://(?:[^@/]*@)*([^@/:]+)(?::\\d+)?/(.+)");

    /// A manifest in a clone of a repository.
    ///
    /// @param remote its address as git has it, in any of its forms; credentials in it are dropped
    public static ManifestOrigin of(String name, Optional<String> remote, String gitCommit) {
        return new ManifestOrigin(name, remote.flatMap(ManifestOrigin::uri), Optional.of(gitCommit));
    }

    /// Empty where the address is no host's: a folder.
    private static Optional<String> uri(String remote) {
        Matcher url = URL.matcher(remote);
        Matcher scp = SCP.matcher(remote);
        Optional<Matcher> found = url.matches()
                ? Optional.of(url)
                : scp.matches() && !remote.contains("://") ? Optional.of(scp) : Optional.empty();
        return found.map(parts -> "git+https://" + parts.group(1) + "/" + path(parts.group(2)));
    }

    private static String path(String written) {
        String bare = written.replaceAll("[?#].*", "").replaceAll("^/+|/+$", "");
        return bare.endsWith(".git") ? bare.substring(0, bare.length() - ".git".length()) : bare;
    }

    /// Repository and path in one, as a policy is named:
    /// `git+https://github.com/kubernetes/k8s.io#images/pause.yaml`. Empty where no repository is known.
    public Optional<String> location() {
        return uri.map(repository -> name.isEmpty() ? repository : repository + "#" + name);
    }

    static ManifestOrigin read(Json json) {
        return new ManifestOrigin(
                json.optionalText("name").orElse(""),
                json.optionalText("uri"),
                json.optionalObject("digest").flatMap(digest -> digest.optionalText("gitCommit")));
    }

    void write(ObjectNode json) {
        Written.text(json, "name", name);
        uri.ifPresent(text -> json.put("uri", text));
        gitCommit.ifPresent(commit -> json.putObject("digest").put("gitCommit", commit));
    }
}
