// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.Mark;
import io.kpromo.cli.report.ReportModel;
import io.kpromo.cli.report.ReportModel.Finding;
import io.kpromo.cli.report.ReportModel.Requests;
import io.kpromo.cli.report.ReportModel.Row;
import io.kpromo.cli.report.ReportModel.Run;
import io.kpromo.cli.report.ReportModel.Timings;
import io.kpromo.cli.report.ReportModel.Transfer;
import io.kpromo.cli.report.Subject;
import io.kpromo.cli.terminal.Tally;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.plan.Decision;
import io.kpromo.images.plan.WantedContent;
import io.kpromo.images.plan.WantedRepository;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.http.RequestCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/// Makes a report of a promotion. The columns of its matrix are destination registries as the manifests name
/// them, or, where these are more than fit a screen, their hosts.
final class ReportOfPromotion {
    /// More columns than this say less than they hide.
    private static final int COLUMNS = 64;

    /// A digest of a source repository: one row, whatever the number of manifests that want it.
    private record Key(String image, String digest) {}

    private final PromotionTold told;
    private final ManifestFlags.Wanted wanted;
    private final List<String> words;
    private final Instant started;
    private final Instant ended;

    ReportOfPromotion(
            PromotionTold told, ManifestFlags.Wanted wanted, List<String> words, Instant started, Instant ended) {
        this.told = told;
        this.wanted = wanted;
        this.words = words;
        this.started = started;
        this.ended = ended;
    }

    ReportModel model() {
        BuildInfo build = BuildInfo.ours();
        List<String> columns = columns();
        Tally.Now now = told.tally().now();
        return new ReportModel(
                new Run(
                        build.version(),
                        build.commit(),
                        words,
                        started,
                        ended,
                        told.outcome().confirmed(),
                        told.result()),
                Subject.IMAGE,
                told.edges(),
                columns,
                rows(columns),
                findings(),
                new ProofTold(told.outcome().proofs()).model(),
                requests(told.requests()),
                new Transfer(now.read(), now.sent(), now.mounted()),
                new Timings(
                        wanted.milliseconds(),
                        told.outcome().observing().toMillis(),
                        told.outcome().executing().toMillis(),
                        Duration.between(started, ended).toMillis()));
    }

    private List<String> columns() {
        TreeSet<String> registries = new TreeSet<>();
        TreeSet<String> hosts = new TreeSet<>();
        wanted.manifests()
                .all()
                .forEach(manifest -> manifest.destinations().forEach(registry -> {
                    registries.add(registry.name().toString());
                    hosts.add(registry.name().host().name());
                }));
        return List.copyOf(registries.size() <= COLUMNS ? registries : hosts);
    }

    private List<Row> rows(List<String> columns) {
        Map<Key, char[]> cells = new LinkedHashMap<>();
        Map<Key, TreeSet<String>> tags = new HashMap<>();
        Map<Repository, Integer> columnOf = new HashMap<>();
        List<RegistryName> registries =
                columns.stream().map(RegistryName::parse).toList();
        for (WantedRepository repository : told.desired().repositories()) {
            int column = column(repository.destination(), registries);
            columnOf.put(repository.destination(), column);
            for (WantedContent content : repository.contents()) {
                Key key = key(content);
                put(cells, key, columns, column, told.others());
                TreeSet<String> all = tags.computeIfAbsent(key, k -> new TreeSet<>());
                content.tags().stream().map(Tag::text).forEach(all::add);
            }
        }
        for (Decision decision : told.outcome().plan().decisions()) {
            int column = columnOf.getOrDefault(decision.destination(), -1);
            put(cells, key(decision.content()), columns, column, told.mark(decision));
        }
        List<Row> rows = new ArrayList<>();
        cells.forEach((key, marks) -> rows.add(new Row(
                key.image, key.digest, List.copyOf(tags.getOrDefault(key, new TreeSet<>())), String.valueOf(marks))));
        rows.sort(Comparator.comparing(Row::name)
                .thenComparing(row -> String.join(" ", row.tags()))
                .thenComparing(Row::digest));
        return rows;
    }

    private static Key key(WantedContent content) {
        return new Key(content.sources().getFirst().toString(), content.digest().toString());
    }

    /// The worst stays.
    private static void put(Map<Key, char[]> cells, Key key, List<String> columns, int column, Mark mark) {
        char[] row = cells.computeIfAbsent(key, k -> {
            char[] empty = new char[columns.size()];
            Arrays.fill(empty, Mark.NONE.letter());
            return empty;
        });
        if (column >= 0 && mark.compareTo(Mark.of(row[column])) > 0) {
            row[column] = mark.letter();
        }
    }

    /// The longest registry name that holds a repository; -1 where none does.
    private static int column(Repository repository, List<RegistryName> columns) {
        int best = -1;
        for (int i = 0; i < columns.size(); i++) {
            boolean holds = columns.get(i).holds(repository);
            if (holds && (best < 0 || columns.get(best).holds(columns.get(i)))) {
                best = i;
            }
        }
        return best;
    }

    private List<Finding> findings() {
        return told.outcome().plan().decisions().stream()
                .filter(d -> told.mark(d).isTrouble() || d instanceof Decision.UpToDate)
                .map(this::finding)
                .sorted(Comparator.comparing(Finding::mark).reversed())
                .toList();
    }

    private Finding finding(Decision decision) {
        Mark mark = decision instanceof Decision.UpToDate ? Mark.LOST : told.mark(decision);
        boolean begun = mark == Mark.BEGUN;
        return new Finding(
                mark,
                decision.content().sources().getFirst().toString(),
                decision.destination().toString(),
                decision.content().digest().toString(),
                decision.tags().stream().map(Tag::text).toList(),
                DecisionText.place(decision),
                begun ? Halted.WHY : DecisionText.why(decision, told.outcome()),
                begun ? Halted.ADVICE : DecisionText.advice(decision));
    }

    static List<Requests> requests(RequestCounts counts) {
        List<Requests> all = new ArrayList<>();
        counts.hosts()
                .forEach((host, kinds) -> kinds.forEach((kind, tally) -> all.add(new Requests(
                        host,
                        kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        tally.requests(),
                        tally.again(),
                        tally.sent(),
                        tally.received()))));
        return all;
    }
}
