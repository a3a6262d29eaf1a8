// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.images.plan.Decision;
import io.kpromo.images.plan.WantedContent;
import io.kpromo.images.run.Outcome;
import io.kpromo.images.trust.Staged;
import io.kpromo.images.trust.StagingVerdict;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Tag;
import java.util.Optional;
import java.util.stream.Collectors;

/// Decisions in words: what, where, why, and what to do about it.
final class DecisionText {
    private DecisionText() {}

    /// All of it in a line.
    static String line(Decision decision, Outcome outcome) {
        String advice = advice(decision);
        return switch (decision) {
            case Decision.Refused refused -> refused.toString();
            case Decision.Copy _, Decision.AddTag _ ->
                verb(decision) + " " + name(decision) + reason(decision, outcome);
            case Decision.UpToDate _, Decision.Lost _, Decision.Unreadable _ ->
                place(decision) + ": " + name(decision) + ": " + why(decision, outcome)
                        + (advice.isEmpty() ? "" : "; " + advice);
        };
    }

    private static String verb(Decision decision) {
        return decision instanceof Decision.AddTag ? "tag" : "copy";
    }

    private static String reason(Decision decision, Outcome outcome) {
        String why = why(decision, outcome);
        return why.isEmpty() ? "" : ": " + why;
    }

    /// `host/repository:tag,tag@digest`.
    static String name(Decision decision) {
        String tags = decision.tags().stream().map(Tag::text).collect(Collectors.joining(","));
        return decision.destination() + (tags.isEmpty() ? "" : ":" + tags) + "@"
                + decision.content().digest();
    }

    static String place(Decision decision) {
        WantedContent content = decision.content();
        return (decision.tags().isEmpty()
                        ? content.place()
                        : content.placeOf(decision.tags().getFirst()))
                .toString();
    }

    /// Why it is not as it should be; empty where it is.
    static String why(Decision decision, Outcome outcome) {
        return switch (decision) {
            case Decision.UpToDate upToDate when upToDate.lostBySource() -> "in place, but _LOST_ by its source";
            case Decision.UpToDate _ -> "";
            case Decision.Lost lost ->
                "_LOST_: neither the destination nor "
                        + lost.content().sources().getFirst() + " holds it";
            case Decision.Unreadable unreadable -> unreadable.why();
            case Decision.Refused refused ->
                switch (refused.reason()) {
                    case Decision.TagMove move ->
                        "tag " + move.tag() + " points to " + move.from() + ", the manifest wants "
                                + refused.content().digest();
                };
            case Decision.AddTag _ -> failure(decision, outcome);
            case Decision.Copy copy ->
                outcome.oversized().stream()
                        .filter(o -> o.decision().equals(copy))
                        .findFirst()
                        .map(o ->
                                "has " + mebibytes(o.bytes()) + " MiB, --max-image-size allows " + mebibytes(o.limit()))
                        .or(() -> outcome.staging()
                                .of(Staged.of(copy))
                                .filter(StagingVerdict::blocks)
                                .map(verdict -> String.join("; ", verdict.reasons())))
                        .orElseGet(() -> failure(copy, outcome));
        };
    }

    private static String mebibytes(long bytes) {
        return Text.count((bytes + (1 << 20) - 1) >> 20);
    }

    private static String failure(Decision decision, Outcome outcome) {
        Optional<OciException> failure = outcome.results().getOrDefault(decision, Optional.empty());
        return failure.map(e -> String.valueOf(e.getMessage())).orElse("");
    }

    /// What a person can do; empty where the reason says it.
    static String advice(Decision decision) {
        return switch (decision) {
            case Decision.UpToDate _, Decision.Lost _ -> "please backfill: push it to the source again";
            case Decision.Unreadable _ -> "nothing was written there; run again once it can be read";
            case Decision.Refused _ -> "promoted tags do not move, use a new tag";
            case Decision.AddTag _, Decision.Copy _ -> "";
        };
    }
}
