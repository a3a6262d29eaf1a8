// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.Mark;
import io.kpromo.cli.report.ReportJson;
import io.kpromo.cli.terminal.Progress;
import io.kpromo.cli.terminal.Tally;
import io.kpromo.cli.terminal.Text;
import io.kpromo.images.audit.Audit;
import io.kpromo.images.audit.Finding;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.run.ObserverOptions;
import io.kpromo.images.run.Outcome;
import io.kpromo.images.run.Promotion;
import io.kpromo.images.run.PromotionOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// `kpromo diff`: what a promotion would change, for people to read in a review.
final class DiffCommand implements Command {
    private final Root root;
    private final ManifestFlags manifests;
    private final ProofFlags proofs;
    private final Access access;
    private final Clock clock = Clock.systemUTC();
    private boolean removals;
    private ResultFormat format = ResultFormat.TEXT;

    DiffCommand(Root root) {
        this.root = root;
        this.manifests = new ManifestFlags(root);
        this.proofs = new ProofFlags(root);
        this.access = new Access(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                "diff",
                "Show what a promotion would change: added, already there, missing from staging, tag moves, removals.",
                "kpromo diff --thin-manifest-dir .",
                "kpromo diff --thin-manifest-dir . --use-prow-manifest-diff     only what this change adds",
                "kpromo diff --manifest promoter-manifest.yaml --removals       and what production has besides",
                "kpromo diff --thin-manifest-dir . --key kpromo.pub             and what would be signed");
        manifests.describe(flags);
        flags.section("Diff")
                .toggle(
                        "--removals",
                        false,
                        "Also list what production holds and no manifest names; reads all of it. Nothing removes it.",
                        on -> removals = on)
                .choice(
                        "--output",
                        ResultFormat.TEXT,
                        "Format of the result (json: as cip's --report-json):",
                        f -> format = f);
        proofs.describe(flags);
        access.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException {
        Instant started = clock.instant();
        ManifestFlags.Wanted wanted = manifests.read();
        root.interrupt().watch();
        try (Session session = access.open()) {
            Tally tally =
                    new Tally(System::nanoTime, () -> session.counts().total().requests());
            Outcome contents = look(wanted, session, tally);
            Outcome outcome = proofs.given() ? proofs.previewed(contents, wanted, session) : contents;
            List<Finding> besides = removals ? besides(wanted, session) : List.of();
            PromotionTold told = new PromotionTold(root, wanted.desired(), outcome, tally, session.counts());
            if (format == ResultFormat.JSON) {
                ReportOfPromotion report = new ReportOfPromotion(told, wanted, root.words(), started, clock.instant());
                root.console().out().println(ReportJson.text(report.model()));
            } else {
                root.console().out().print(new DiffText(told).page(besides));
            }
            root.log()
                    .info(Text.count(told.edges().getOrDefault(Mark.UP_TO_DATE, 0L), "edge") + " up to date, "
                            + Text.count(session.counts().total().requests(), "request"));
            return told.exitCode();
        }
    }

    private Outcome look(ManifestFlags.Wanted wanted, Session session, Tally tally) throws InterruptedException {
        PromotionOptions options =
                PromotionOptions.standard().with(ObserverOptions.standard().withListing(access.listing()));
        try (Progress _ = Progress.of(tally, root.display())) {
            return new Promotion(session.registries(), options, tally).run(wanted.desired());
        }
    }

    private static List<Finding> besides(ManifestFlags.Wanted wanted, Session session) throws InterruptedException {
        Set<RegistryName> areas = new TreeSet<>();
        wanted.manifests().all().forEach(m -> m.destinations().forEach(registry -> areas.add(registry.name())));
        return new Audit(session.registries(), false)
                .run(wanted.desired(), areas).findings().stream()
                        .filter(Finding.Unnamed.class::isInstance)
                        .toList();
    }
}
