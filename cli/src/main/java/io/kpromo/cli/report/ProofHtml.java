// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.report;

import io.kpromo.cli.terminal.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/// The section of signatures and records.
///
/// @param subject what was signed
/// @param escaped makes text safe in HTML
record ProofHtml(Subject subject, Proofs proofs, UnaryOperator<String> escaped) {
    /// A page with more lines than this is slow, and the JSON in it has them all.
    private static final int MOST = 1000;

    /// Empty where nothing was to be signed.
    String section() {
        if (proofs.isNone()) {
            return "";
        }
        return "<section aria-labelledby=\"h-proof\"><h2 id=\"h-proof\">Signatures and records</h2><p>" + counts()
                + "</p>" + table() + "</section>";
    }

    private String counts() {
        List<String> counts = new ArrayList<>();
        counts.add(Text.count(proofs.complete()) + " complete");
        for (Proof.State state : Proof.State.values()) {
            if (proofs.count(state) > 0) {
                counts.add(Text.count(proofs.count(state)) + " " + state.words());
            }
        }
        return String.join(", ", counts) + " (" + subject.nouns() + ")";
    }

    private String table() {
        if (proofs.others().isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("<div class=wide><table><thead><tr><th scope=col>State")
                .append("<th scope=col>" + subject.title()
                        + "<th scope=col>Known as<th scope=col>Missing before</tr></thead><tbody>");
        proofs.others().stream()
                .sorted(Comparator.comparing(Proof::state).reversed())
                .limit(MOST)
                .forEach(proof -> table.append(row(proof)));
        table.append("</tbody></table></div>");
        if (proofs.others().size() > MOST) {
            table.append("<p>and ")
                    .append(Text.count(proofs.others().size() - MOST))
                    .append(" more; the JSON has all</p>");
        }
        return table.toString();
    }

    private String row(Proof proof) {
        String tags = proof.tags().isEmpty() ? "" : ":" + String.join(", ", proof.tags());
        String why = proof.why().isEmpty() ? "" : "<p class=advice>" + escaped.apply(proof.why()) + "</p>";
        return "<tr><td>" + proof.state().words() + "<td>" + escaped.apply(proof.image() + tags) + why
                + "<p class=small><code>" + escaped.apply(proof.digest().isEmpty() ? "not there yet" : proof.digest())
                + "</code></p><td>"
                + escaped.apply(proof.name()) + "<td>" + escaped.apply(String.join(", ", proof.pieces())) + "</tr>";
    }
}
