// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.report;

import io.kpromo.images.check.Checked;
import io.kpromo.oci.Tag;
import io.kpromo.trust.inspect.Answer;
import io.kpromo.trust.inspect.Requirement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The result of `kpromo sigcheck` as one HTML file that asks nobody for anything: a row for each manifest, a
/// column for each thing that it shall carry.
public final class SigcheckHtml {
    private static final List<Requirement> COLUMNS = List.of(Requirement.SIGNATURE, Requirement.RECORD);

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>Signatures and records – kpromo</title>
            <style>
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; color: #1c2733; background: #fff }
            table { border-collapse: collapse; width: 100% }
            th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #dde3e9; vertical-align: top }
            th { position: sticky; top: 0; background: #fff }
            code { font-size: 13px; overflow-wrap: anywhere }
            .verified { background: #e2f4e6 } .missing { background: #fbdcdc } .unknown { background: #fdf0cf }
            .child td:first-child { padding-left: 2rem } small { display: block; color: #51606e }
            @media (prefers-color-scheme: dark) {
              body, th { background: #12181f; color: #dbe3ea } th, td { border-color: #2b3640 } small { color: #9fb0be }
              .verified { background: #173a20 } .missing { background: #55191b } .unknown { background: #4d3c0d }
            }
            </style>
            </head>
            <body>
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private SigcheckHtml() {}

    /// @param time of the check
    public static String page(List<Checked> images, Instant time) {
        return new SigcheckHtml().of(images, time);
    }

    private String of(List<Checked> images, Instant time) {
        long good = images.stream().filter(Checked::isProven).count();
        page.append("<h1>")
                .append(good)
                .append(" of ")
                .append(images.size())
                .append(images.size() == 1 ? " image is" : " images are")
                .append(" signed and recorded</h1>\n<p>Checked on ")
                .append(time.truncatedTo(ChronoUnit.SECONDS))
                .append(" by verifying each signature.</p>\n<table>\n<thead><tr><th>Image</th>");
        COLUMNS.forEach(
                column -> page.append("<th>").append(escaped(column.words())).append("</th>"));
        page.append("</tr></thead>\n<tbody>\n");
        images.forEach(this::rows);
        return page.append("</tbody>\n</table>\n</body>\n</html>\n").toString();
    }

    private void rows(Checked image) {
        String tags = image.image().tags().stream().map(Tag::text).collect(Collectors.joining(", "));
        String about = image.name() + (tags.isEmpty() ? "" : ": " + tags);
        image.failure()
                .ifPresent(why -> page.append("<tr><td><code>")
                        .append(escaped(image.image().reference().toString()))
                        .append("</code></td><td class=\"unknown\" colspan=\"")
                        .append(COLUMNS.size())
                        .append("\">not looked at<small>")
                        .append(escaped(why))
                        .append("</small></td></tr>\n"));
        for (Checked.OfManifest manifest : image.manifests()) {
            boolean root = manifest.digest().equals(image.image().digest());
            page.append(root ? "<tr>" : "<tr class=\"child\">")
                    .append("<td><code>")
                    .append(escaped(
                            root
                                    ? image.image().reference().toString()
                                    : manifest.digest().toString()))
                    .append("</code><small>")
                    .append(escaped(root ? about : manifest.platform().orElse("")))
                    .append("</small></td>");
            COLUMNS.forEach(
                    column -> cell(Optional.ofNullable(manifest.answers().get(column))));
            page.append("</tr>\n");
        }
    }

    private void cell(Optional<Answer> answer) {
        if (answer.isEmpty()) {
            page.append("<td>–</td>");
            return;
        }
        page.append("<td class=\"")
                .append(answer.get().word())
                .append("\">")
                .append(answer.get().word());
        answer.get()
                .reasons()
                .forEach(why -> page.append("<small>").append(escaped(why)).append("</small>"));
        page.append("</td>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
