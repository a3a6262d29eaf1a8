// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.Mark;
import io.kpromo.cli.report.ReportModel;
import io.kpromo.cli.report.ReportModel.Finding;
import io.kpromo.cli.report.ReportModel.Row;
import io.kpromo.cli.report.ReportModel.Run;
import io.kpromo.cli.report.ReportModel.Timings;
import io.kpromo.cli.report.ReportModel.Transfer;
import io.kpromo.cli.report.Subject;
import io.kpromo.cli.terminal.Tally;
import io.kpromo.files.plan.FileDecision;
import io.kpromo.files.plan.FileEdge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The report of a promotion of files: in the shape of one of images, where a file in its source is what an image
/// is.
final class ReportOfFiles {
    private record Key(String from, String sha256) {}

    private final FilesTold told;
    private final long parsing;
    private final List<String> words;
    private final Instant started;
    private final Instant ended;

    /// @param parsing milliseconds
    ReportOfFiles(FilesTold told, long parsing, List<String> words, Instant started, Instant ended) {
        this.told = told;
        this.parsing = parsing;
        this.words = words;
        this.started = started;
        this.ended = ended;
    }

    ReportModel model() {
        BuildInfo build = BuildInfo.ours();
        Tally.Now now = told.tally().now();
        Map<FileEdge, Mark> marks = told.marks();
        List<String> columns = marks.keySet().stream()
                .map(edge -> edge.destination().toString())
                .distinct()
                .sorted()
                .toList();
        return new ReportModel(
                new Run(
                        build.version(),
                        build.commit(),
                        words,
                        started,
                        ended,
                        told.outcome().confirmed(),
                        told.result()),
                Subject.FILE,
                told.edges(),
                columns,
                rows(marks, columns),
                findings(),
                told.proofs().model(),
                ReportOfPromotion.requests(told.requests()),
                new Transfer(now.read(), now.sent(), now.mounted()),
                new Timings(
                        parsing,
                        told.outcome().observing().toMillis(),
                        told.outcome().executing().toMillis(),
                        Duration.between(started, ended).toMillis()));
    }

    private static List<Row> rows(Map<FileEdge, Mark> marks, List<String> columns) {
        Map<String, Integer> columnOf = new HashMap<>();
        columns.forEach(column -> columnOf.put(column, columnOf.size()));
        Map<Key, char[]> cells = new LinkedHashMap<>();
        marks.forEach((edge, mark) -> {
            char[] row =
                    cells.computeIfAbsent(new Key(edge.from(), edge.sha256().toString()), key -> {
                        char[] empty = new char[columns.size()];
                        Arrays.fill(empty, Mark.NONE.letter());
                        return empty;
                    });
            row[columnOf.getOrDefault(edge.destination().toString(), 0)] = mark.letter();
        });
        List<Row> rows = new ArrayList<>();
        cells.forEach((key, row) -> rows.add(new Row(key.from, key.sha256, List.of(), String.valueOf(row))));
        rows.sort(Comparator.comparing(Row::name));
        return rows;
    }

    private List<Finding> findings() {
        return told.outcome().plan().decisions().stream()
                .filter(decision -> told.mark(decision).isTrouble())
                .map(this::finding)
                .sorted(Comparator.comparing(Finding::mark).reversed())
                .toList();
    }

    private Finding finding(FileDecision decision) {
        FileEdge edge = decision.edge();
        return new Finding(
                told.mark(decision),
                edge.from(),
                edge.to(),
                edge.sha256().toString(),
                List.of(),
                edge.place().toString(),
                why(decision),
                FileAdvice.of(decision, told.failure(decision)));
    }

    private String why(FileDecision decision) {
        return switch (decision) {
            case FileDecision.Missing _ -> "neither the source nor the destination has it";
            case FileDecision.Refused refused -> "it has other content: " + refused.why();
            case FileDecision.Unreadable unreadable -> unreadable.why();
            case FileDecision.Copy copy when told.mark(copy) == Mark.BEGUN -> Halted.WHY;
            case FileDecision.Copy copy ->
                told.failure(copy)
                        .map(failure -> String.valueOf(failure.getMessage()))
                        .orElse("");
            case FileDecision.UpToDate _ -> "";
        };
    }
}
