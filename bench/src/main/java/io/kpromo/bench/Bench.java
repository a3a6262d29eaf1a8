// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// All measurements; `docs/benchmarks.md` tells what they mean. Exit code 1 where `--check` is given and a bound is
/// missed.
public final class Bench {
    private final Options options;
    private final Programs programs;
    private final Report report;
    private final Path folder;

    private Bench(Options options, Programs programs, Report report, Path folder) {
        this.options = options;
        this.programs = programs;
        this.report = report;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        Report report = new Report(System.out);
        Path folder = Folders.fast();
        try {
            new Bench(options, Programs.at(options.kpromo()).checked(), report, folder).all();
        } finally {
            Folders.delete(folder);
        }
        options.json().ifPresent(report::write);
        List<Bound> missed =
                report.bounds().stream().filter(bound -> !bound.met()).toList();
        report.title(missed.isEmpty() ? "All bounds are met" : "Missed");
        missed.forEach(bound -> report.line(bound.toString()));
        System.exit(options.check() && !missed.isEmpty() ? 1 : 0);
    }

    private void all() throws IOException, InterruptedException {
        for (Options.Part part : Options.Part.values()) {
            if (options.only().contains(part)) {
                run(part);
            }
        }
    }

    private void run(Options.Part part) throws IOException, InterruptedException {
        switch (part) {
            case YARDSTICK -> yardstick();
            case LISTING -> listing();
            case STARTUP -> new Startup(programs).measure(report);
            case TREES -> new Trees(programs, folder).measure(report);
            case LARGE -> new LargeLayer(programs, folder).measure(report);
            case SOAK -> new Soak().measure(report);
            case SIGNING -> new Signing(programs, folder).measure(report);
            case HASHING -> new HashedFolder(programs, folder).measure(report);
            case DEPENDENCIES -> new VersionReferences(programs, folder).measure(report);
            case FILES -> {
                new FilesYardstick(programs, folder, new GoogleFiles()).measure(report);
                new FilesYardstick(programs, folder, new AmazonFiles()).measure(report);
                new LargeFile(programs, folder).measure(report);
            }
        }
    }

    /// A rerun where the mirrors list with digests.
    private void listing() throws IOException, InterruptedException {
        report.title("Yardstick, mirrors with Google's listing");
        List<Promotion> ours;
        try (Yardstick yardstick = new Yardstick(programs, Workload.yardstick(), folder)) {
            ours = yardstick.kpromo(RegistryProgram.GOOGLE_LISTING, 0);
        }
        ours.forEach(report::promotion);
        report.bound(new Bound(
                "edges not right with Google's listing", ours.getFirst().complete() ? 0 : 1, 0, ""));
        report.bound(new Bound(
                "requests of a rerun with Google's listing", ours.getLast().requests(), 8.0 * Yardstick.MIRRORS, ""));
    }

    private void yardstick() throws IOException, InterruptedException {
        Workload workload = Workload.yardstick();
        RegistryProgram registry = options.registry()
                .orElse(
                        RegistryProgram.DOCKER.isInstalled(programs)
                                ? RegistryProgram.DOCKER
                                : RegistryProgram.EMBEDDED);
        try (Yardstick yardstick = new Yardstick(programs, workload, folder)) {
            yardstick.warmUp(registry);
            yardstick(yardstick, registry, workload.leastRequests(Yardstick.MIRRORS));
        }
    }

    private void yardstick(Yardstick yardstick, RegistryProgram registry, long least)
            throws IOException, InterruptedException {
        for (long delay : options.delays()) {
            report.title("Yardstick, " + delay + " ms a request, " + registry.title() + ", the least: " + least);
            List<Promotion> ours = yardstick.kpromo(registry, delay);
            ours.forEach(report::promotion);
            List<Promotion> others = new ArrayList<>();
            for (Peer peer : Peer.installed(programs)) {
                if (options.peers().contains(peer.name())) {
                    Promotion measured = yardstick.peer(peer, registry, delay);
                    report.promotion(measured);
                    others.add(measured);
                }
            }
            YardstickBounds.of(ours.getFirst(), ours.getLast(), others, least).forEach(report::bound);
        }
    }
}
