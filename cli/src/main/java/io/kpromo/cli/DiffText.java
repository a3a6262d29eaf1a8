// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.Mark;
import io.kpromo.cli.terminal.Text;
import io.kpromo.images.audit.Finding;
import io.kpromo.images.plan.Decision;
import io.kpromo.images.proof.Piece;
import io.kpromo.images.proof.ProofDecision;
import io.kpromo.oci.Tag;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A diff as a page: by what happens, then by image, with the destinations of each in a line. Twenty mirrors are
/// one entry, not twenty.
final class DiffText {
    /// Destinations that an entry names before it only counts them.
    private static final int NAMED = 5;

    private record Entry(String image, String why) {}

    private final PromotionTold told;

    DiffText(PromotionTold told) {
        this.told = told;
    }

    /// @param besides what production holds and nobody wants
    String page(List<Finding> besides) {
        Map<Mark, Map<Entry, List<String>>> sections = new EnumMap<>(Mark.class);
        for (Decision decision : told.outcome().plan().decisions()) {
            sections.computeIfAbsent(told.mark(decision), mark -> new LinkedHashMap<>())
                    .computeIfAbsent(entry(decision), e -> new ArrayList<>())
                    .add(decision.destination().toString());
        }
        StringBuilder page = new StringBuilder();
        sections.forEach((mark, entries) -> section(page, mark, entries));
        proofs(page);
        if (!besides.isEmpty()) {
            page.append("In production and in no manifest (nothing removes it):\n");
            besides.forEach(
                    finding -> page.append("  - ").append(finding.text()).append('\n'));
        }
        return page.isEmpty() ? "no changes\n" : page.toString();
    }

    private void proofs(StringBuilder page) {
        List<ProofDecision> decisions = told.outcome().proofs().plan().decisions();
        lines(
                page,
                "Signed and recorded",
                decisions,
                ProofDecision.Prove.class,
                prove -> "+ " + prove.wanted().name() + "@" + prove.wanted().digest() + "\n      "
                        + prove.missing().stream().map(Piece::words).collect(Collectors.joining(", ")));
        lines(
                page,
                "Signatures and records that could not be looked at",
                decisions,
                ProofDecision.Unreadable.class,
                lost -> "? " + lost.wanted().name() + "@" + lost.wanted().digest() + "\n      "
                        + Text.oneLine(lost.why()));
    }

    private static <D extends ProofDecision> void lines(
            StringBuilder page, String title, List<ProofDecision> all, Class<D> kind, Function<D, String> line) {
        List<D> some = all.stream().filter(kind::isInstance).map(kind::cast).toList();
        if (!some.isEmpty()) {
            page.append(title).append(":\n");
            some.forEach(one -> page.append("  ")
                    .append(line.apply(one))
                    .append("\n      in ")
                    .append(one.wanted().repository())
                    .append('\n'));
        }
    }

    private static void section(StringBuilder page, Mark mark, Map<Entry, List<String>> entries) {
        page.append(title(mark)).append(":\n");
        entries.forEach((entry, destinations) -> {
            page.append("  ").append(sign(mark)).append(' ').append(entry.image).append('\n');
            if (!entry.why.isEmpty()) {
                page.append("      ").append(entry.why).append('\n');
            }
            String more =
                    destinations.size() > NAMED ? " and " + Text.count(destinations.size() - NAMED) + " more" : "";
            page.append("      in ")
                    .append(String.join(", ", destinations.subList(0, Math.min(NAMED, destinations.size()))))
                    .append(more)
                    .append('\n');
        });
    }

    private Entry entry(Decision decision) {
        String tags = decision.tags().stream().map(Tag::text).collect(Collectors.joining(", "));
        String name = decision.content().sources().getFirst() + "@"
                + decision.content().digest();
        return new Entry(tags.isEmpty() ? name : name + " as " + tags, DecisionText.why(decision, told.outcome()));
    }

    private static String title(Mark mark) {
        return switch (mark) {
            case TO_COPY, COPIED -> "Added";
            case TO_TAG, TAGGED -> "Tags added to what is there";
            case LOST -> "Missing from staging";
            case REFUSED -> "Refused: tags that would move";
            case FAILED -> "Could not be read";
            case UNDECIDED, BEGUN -> "Not known";
            case UP_TO_DATE, NONE -> "In place, and lost by staging";
        };
    }

    private static char sign(Mark mark) {
        return switch (mark) {
            case TO_COPY, COPIED, TO_TAG, TAGGED -> '+';
            case REFUSED -> '!';
            case LOST, FAILED, UP_TO_DATE, UNDECIDED, BEGUN, NONE -> '?';
        };
    }
}
