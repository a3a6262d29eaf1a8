// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.report;

import io.kpromo.cli.report.ReportModel.Finding;
import io.kpromo.cli.report.ReportModel.Requests;
import io.kpromo.cli.report.ReportModel.Result;
import io.kpromo.cli.report.ReportModel.Row;
import io.kpromo.cli.report.ReportModel.Run;
import io.kpromo.cli.report.ReportModel.Timings;
import io.kpromo.cli.report.ReportModel.Transfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// Reports of any size, the same each time. `main` writes them to a folder, to be looked at in a browser.
final class SampleReports {
    private SampleReports() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Files.writeString(folder.resolve("small.html"), ReportHtml.text(sample(24, 10, Result.FAILED)));
        Files.writeString(folder.resolve("fine.html"), ReportHtml.text(sample(8, 3, Result.DONE)));
        Files.writeString(folder.resolve("large.html"), ReportHtml.text(sample(20_000, 40, Result.FAILED)));
    }

    static ReportModel sample(int images, int destinations, Result result) {
        Random random = new Random(42);
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < destinations; i++) {
            hosts.add("region-%02d-docker.pkg.dev/k8s-artifacts-prod/images".formatted(i));
        }
        List<Row> rows = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        Map<Mark, Long> edges = new EnumMap<>(Mark.class);
        for (int i = 0; i < images; i++) {
            String image = "gcr.io/k8s-staging-kubernetes/"
                    + List.of("kube-apiserver", "kube-proxy", "pause").get(i % 3);
            String digest = "sha256:" + "%064x".formatted(random.nextLong()).replace(' ', '0');
            List<String> tags = i % 7 == 6 ? List.of() : List.of("v1.%d.%d".formatted(30 + i / 50, i % 50));
            StringBuilder cells = new StringBuilder();
            for (int d = 0; d < destinations; d++) {
                Mark mark = mark(random, i, images, result);
                cells.append(mark.letter());
                edges.merge(mark, 1L, Long::sum);
                if (mark.isTrouble()) {
                    findings.add(finding(mark, image, hosts.get(d), digest, tags));
                }
            }
            rows.add(new Row(image, digest, tags, cells.toString()));
        }
        edges.remove(Mark.NONE);
        return new ReportModel(
                run(result),
                Subject.IMAGE,
                edges,
                hosts,
                rows,
                findings,
                Proofs.none(),
                requests(hosts),
                new Transfer(402_000_000L, 4_021_000_000L, 1_210_000_000L),
                new Timings(312, 2_140, 41_870, 44_900));
    }

    private static Mark mark(Random random, int row, int rows, Result result) {
        if (row > rows * 3 / 4) {
            return row % 5 == 0 ? Mark.NONE : Mark.UP_TO_DATE;
        }
        boolean trouble = result == Result.FAILED && random.nextInt(rows * 2) == 0;
        return trouble
                ? List.of(Mark.FAILED, Mark.LOST, Mark.REFUSED).get(random.nextInt(3))
                : row % 6 == 5 ? Mark.TAGGED : random.nextInt(8) == 0 ? Mark.UP_TO_DATE : Mark.COPIED;
    }

    private static Finding finding(Mark mark, String image, String host, String digest, List<String> tags) {
        String destination = host + image.substring(image.lastIndexOf('/'));
        String place = "manifests/k8s-staging-kubernetes/images.yaml:1204:5";
        return switch (mark) {
            case FAILED ->
                new Finding(
                        mark,
                        image,
                        destination,
                        digest,
                        tags,
                        place,
                        "cannot write tag: 403 DENIED after 1 try (PUT manifests)",
                        "Let this account write there, or remove the destination.");
            case LOST ->
                new Finding(
                        mark,
                        image,
                        destination,
                        digest,
                        tags,
                        place,
                        "Neither the destination nor a source holds it.",
                        "Push it to the source again (backfill).");
            default ->
                new Finding(
                        mark,
                        image,
                        destination,
                        digest,
                        tags,
                        place,
                        "The tag points to sha256:0000, the manifest wants another digest.",
                        "Promoted tags do not move: use a new tag.");
        };
    }

    private static Run run(Result result) {
        Instant start = Instant.parse("2026-11-23T02:00:00Z");
        List<String> words = List.of("cip", "--thin-manifest-dir", ".", "--confirm", "--report", "report.html");
        return new Run(
                "0.1.0", "72eeb77f2bc0a5e7a674b6acf15c50441a2914a2", words, start, start.plusSeconds(45), true, result);
    }

    private static List<Requests> requests(List<String> hosts) {
        List<Requests> all = new ArrayList<>();
        for (String host : hosts) {
            for (String kind :
                    List.of("HEAD_MANIFEST", "MOUNT", "POST_UPLOAD", "PUT_BLOB", "PUT_MANIFEST", "PUT_TAG")) {
                String name = kind.toLowerCase(Locale.ROOT).replace('_', ' ');
                all.add(new Requests(
                        host.substring(0, host.indexOf('/')),
                        name,
                        100 + kind.length(),
                        kind.length() % 3,
                        1_234_567,
                        98_765));
            }
        }
        return all;
    }
}
