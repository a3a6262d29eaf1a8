// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.report;

import io.kpromo.cli.report.ReportModel.Finding;
import io.kpromo.cli.report.ReportModel.Requests;
import io.kpromo.cli.report.ReportModel.Result;
import io.kpromo.cli.terminal.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The report as one HTML file that asks nobody for anything: a page with what matters, readable without scripts,
/// and the JSON of [ReportJson], of which a script draws the matrix, only the part that is seen.
public final class ReportHtml {
    /// What the page shows before someone asks for all.
    private static final int FINDINGS = 200;

    private final ReportModel report;

    private ReportHtml(ReportModel report) {
        this.report = report;
    }

    public static String text(ReportModel report) {
        return new ReportHtml(report).page();
    }

    private String page() {
        // "<" stands in strings only, where it may be written so; "</script>" in a name then ends nothing.
        String data = ReportJson.text(report).replace("<", "\\u003c");
        Map<String, String> parts = Map.ofEntries(
                Map.entry("title", escaped(headline() + " – kpromo")),
                Map.entry("result", report.run().result().key()),
                Map.entry("headline", escaped(headline())),
                Map.entry("about", about()),
                Map.entry("cards", cards()),
                Map.entry("bar", bar()),
                Map.entry("findings", findings()),
                Map.entry("proofs", new ProofHtml(report.subject(), report.proofs(), ReportHtml::escaped).section()),
                Map.entry("requests", requests()),
                Map.entry("timings", timings()),
                Map.entry("rows", report.subject().heading()),
                Map.entry("row", report.subject().noun()),
                Map.entry("sought", report.subject().sought()),
                Map.entry("data", data));
        return filled(template(), parts);
    }

    /// In one pass: what is put in is not looked at again.
    private static String filled(String template, Map<String, String> parts) {
        StringBuilder page = new StringBuilder(template.length() + 1024);
        int at = 0;
        while (true) {
            int open = template.indexOf("{{", at);
            if (open < 0) {
                return page.append(template, at, template.length()).toString();
            }
            int close = template.indexOf("}}", open);
            String name = template.substring(open + 2, close);
            page.append(template, at, open).append(parts.getOrDefault(name, ""));
            at = close + 2;
        }
    }

    private static String template() {
        try (InputStream file = ReportHtml.class.getResourceAsStream("report.html")) {
            if (file == null) {
                throw new IllegalStateException("report.html is missing from this build");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String headline() {
        long failed = report.edges(Mark.FAILED);
        return switch (report.run().result()) {
            case DONE -> "Everything" + butForLost() + " is in place";
            case NOTHING_TO_DO -> "Nothing to do: everything" + butForLost() + " was in place";
            case DRY_RUN -> "Dry run: nothing was written";
            case REFUSED -> "Refused: nothing was written";
            case BLOCKED -> "Some " + report.subject().nouns() + " were refused by policy";
            case INTERRUPTED ->
                "Interrupted: " + Text.count(inPlace()) + " of " + Text.count(report.allEdges(), "edge")
                        + (inPlace() == 1 ? " is" : " are") + " in place";
            case FAILED -> failed == 0 ? "Failed" : Text.count(failed, "edge") + " failed, the others are in place";
        };
    }

    private long inPlace() {
        return report.edges(Mark.UP_TO_DATE) + report.edges(Mark.TAGGED) + report.edges(Mark.COPIED);
    }

    /// What is to be found nowhere is no failure, and in place neither.
    private String butForLost() {
        long lost = report.edges(Mark.LOST);
        return lost == 0 ? "" : ", but for " + Text.count(lost, "lost edge") + ",";
    }

    private String about() {
        ReportModel.Run run = report.run();
        return "<code>kpromo " + escaped(String.join(" ", run.arguments())) + "</code><br>"
                + "<time datetime=\"" + run.started() + "\">"
                + escaped(day(run.started().toString()))
                + "</time> · " + Text.time(report.timings().total()) + " · kpromo "
                + escaped(run.version()) + " (" + escaped(shortened(run.commit(), 12)) + ")";
    }

    private static String day(String instant) {
        return instant.substring(0, 16).replace('T', ' ') + " UTC";
    }

    private String cards() {
        StringBuilder cards = new StringBuilder();
        count(cards, report.allEdges(), "edge");
        count(cards, report.rows().size(), report.subject().noun());
        count(cards, report.destinations().size(), "destination");
        count(cards, report.allRequests(), "request");
        card(
                cards,
                Text.bytes(report.transfer().sent()),
                "sent",
                Text.bytes(report.transfer().read()) + " read");
        card(cards, Text.bytes(report.transfer().mounted()), report.subject().spared(), "not sent");
        return cards.toString();
    }

    private static void count(StringBuilder cards, long number, String noun) {
        card(cards, Text.count(number), number == 1 ? noun : noun + "s", "");
    }

    private static void card(StringBuilder cards, String figure, String noun, String small) {
        cards.append("<div class=card><b>")
                .append(escaped(figure))
                .append("</b><span>")
                .append(noun);
        if (!small.isEmpty()) {
            cards.append(" <small>").append(escaped(small)).append("</small>");
        }
        cards.append("</span></div>");
    }

    private String bar() {
        StringBuilder bar = new StringBuilder("<div class=bar aria-hidden=true>");
        StringBuilder legend = new StringBuilder("<ul class=legend>");
        for (Mark mark : Mark.values()) {
            long count = report.edges(mark);
            if (count == 0) {
                continue;
            }
            bar.append("<i class=\"m-")
                    .append(mark.key())
                    .append("\" style=\"flex-grow:")
                    .append(count)
                    .append("\"></i>");
            legend.append("<li><i class=\"m-")
                    .append(mark.key())
                    .append("\"></i>")
                    .append(Text.count(count))
                    .append(' ')
                    .append(mark.words())
                    .append("</li>");
        }
        return bar.append("</div>").append(legend).append("</ul>").toString();
    }

    private String findings() {
        List<Finding> all = report.findings();
        if (all.isEmpty()) {
            return report.run().result() == Result.DRY_RUN
                    ? "<p class=fine>No refusals, nothing lost.</p>"
                    : "<p class=fine>Nothing was refused, lost or failed.</p>";
        }
        String more = all.size() <= FINDINGS
                ? ""
                : "<p><button type=button id=all-findings>Show all " + Text.count(all.size()) + "</button></p>";
        return all.stream()
                        .limit(FINDINGS)
                        .map(ReportHtml::finding)
                        .collect(Collectors.joining("", "<ul class=findings id=findings>", "</ul>"))
                + more;
    }

    private static String finding(Finding finding) {
        String tags = finding.tags().isEmpty() ? "" : ":" + String.join(", ", finding.tags());
        return "<li><span class=\"chip m-" + finding.mark().key() + "\">"
                + finding.mark().words() + "</span><div><b>"
                + escaped(finding.destination() + tags) + "</b><p>" + escaped(finding.why()) + "</p>"
                + (finding.advice().isEmpty() ? "" : "<p class=advice>" + escaped(finding.advice()) + "</p>")
                + "<p class=small><code>" + escaped(finding.digest()) + "</code> "
                + escaped(finding.place()) + "</p></div></li>";
    }

    private String requests() {
        Map<String, List<Requests>> hosts =
                new TreeMap<>(report.requests().stream().collect(Collectors.groupingBy(Requests::host)));
        StringBuilder table = new StringBuilder("<table><thead><tr><th scope=col>Host<th scope=col>Kind")
                .append("<th scope=col class=n>Requests<th scope=col class=n>Tried again<th scope=col class=n>Sent")
                .append("<th scope=col class=n>Received</tr></thead>");
        hosts.forEach((host, kinds) -> {
            table.append("<tbody>");
            table.append(line(host, "all", kinds));
            kinds.forEach(kind -> table.append(line("", kind.kind(), List.of(kind))));
            table.append("</tbody>");
        });
        return table.append("</table>").toString();
    }

    private static String line(String host, String kind, List<Requests> of) {
        String head = host.isEmpty() ? "<tr><td><td>" : "<tr class=sum><th scope=row>" + escaped(host) + "<td>";
        return head + escaped(kind)
                + "<td class=n>"
                + Text.count(of.stream().mapToLong(Requests::count).sum())
                + "<td class=n>"
                + Text.count(of.stream().mapToLong(Requests::again).sum())
                + "<td class=n>"
                + Text.bytes(of.stream().mapToLong(Requests::sent).sum())
                + "<td class=n>"
                + Text.bytes(of.stream().mapToLong(Requests::received).sum()) + "</tr>";
    }

    private String timings() {
        ReportModel.Timings t = report.timings();
        long other = Math.max(0, t.total() - t.parse() - t.observe() - t.execute());
        return "<table class=timings>" + timing("Reading manifests", t.parse(), t.total())
                + timing("Reading registries", t.observe(), t.total())
                + timing("Copying, tagging, signing", t.execute(), t.total())
                + timing("Other", other, t.total()) + timing("Total", t.total(), t.total()) + "</table>";
    }

    private static String timing(String name, long milliseconds, long total) {
        long percent = total == 0 ? 0 : milliseconds * 100 / total;
        return "<tr><th scope=row>" + name + "<td class=n>" + Text.time(milliseconds)
                + "<td class=track><i style=\"width:" + percent + "%\"></i></tr>";
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    private static String escaped(String text) {
        StringBuilder html = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '&' -> html.append("&amp;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.appendCodePoint(c);
            }
        });
        return html.toString();
    }
}
