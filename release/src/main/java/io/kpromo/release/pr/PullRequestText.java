// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.forge.Author;
import io.kpromo.oci.Tag;
import io.kpromo.release.text.Template;
import java.util.Map;
import java.util.stream.Collectors;

/// What a promotion pull request and its commit say.
///
/// @param title of both
/// @param body of the pull request
/// @param message of the commit
public record PullRequestText(String title, String body, String message) {
    /// The project whose titles begin with the name of its release engineering.
    private static final String RELENG = "kubernetes";

    /// @param command the command line that made it
    /// @param author who signs off
    public static PullRequestText of(PromotionRequest request, ManifestHome home, String command, Author author) {
        String tags = request.tags().stream().map(Tag::text).collect(Collectors.joining(" / "));
        String plain = home.title().plain(Map.of("project", request.project(), "tags", tags));
        boolean releng = request.project().equals(RELENG) && home.usualTitle();
        String title = releng ? "releng: " + plain : plain;
        String note = request.note().strip();
        String body = body(home, request.reviewers())
                .plain(Map.of(
                        "title",
                        plain,
                        "project",
                        request.project(),
                        "tags",
                        tags,
                        "command",
                        command,
                        "note",
                        note.isEmpty() ? "" : "\n" + note + "\n",
                        "reviewers",
                        request.reviewers()));
        return new PullRequestText(title, body, title + "\n\nSigned-off-by: " + author + "\n");
    }

    /// Without reviewers there is no line for them either.
    private static Template body(ManifestHome home, String reviewers) {
        return reviewers.isBlank() ? home.body().withoutLinesOf("reviewers") : home.body();
    }
}
