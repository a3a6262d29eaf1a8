// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `kpromo sigcheck`: whether what was promoted is signed and recorded; with `--confirm`, makes it so.
final class SigcheckCommand implements Command {
    private static final String CANONICAL = "us-central1-docker.pkg.dev/k8s-artifacts-prod/images";

    private final Root root;
    private final SignerFlags signer = new SignerFlags();
    private final NameFlags names = new NameFlags();
    private final IdFlags ids = new IdFlags();
    private final Access access;
    private final Clock clock = Clock.systemUTC();
    private final List<String> images = new ArrayList<>();
    private String canonical = CANONICAL;
    private boolean confirm;
    private int fromDays = 5;
    private int toDays;
    private int limit;
    private String attestationsSince = "";
    private String form = "both";
    private int operations = 50;
    private Optional<Path> report = Optional.empty();
    private ResultFormat format = ResultFormat.TEXT;

    SigcheckCommand(Root root) {
        this.root = root;
        this.access = new Access(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "sigcheck",
                        "Check that promoted images, and all below them, are signed and recorded by who is expected."
                                + " Exit code 1 where something is missing. With --confirm it is written.",
                        "kpromo sigcheck                                      what was uploaded in the last 5 days",
                        "kpromo sigcheck --from-days 30 --report report.html  the last 30, as a page to look at",
                        "kpromo sigcheck --key kpromo.pub registry.example.com/app:1.0",
                        "kpromo sigcheck --key kpromo.key --confirm registry.example.com/app:1.0")
                .allWords("IMAGE", "0..*", "Images to check instead of those uploaded lately.", images)
                .toggle("--confirm", false, "Write what is missing, and check again.", on -> confirm = on)
                .number("--from-days", "N", 5, "Images uploaded in the last N days.", n -> fromDays = n)
                .number("--to-days", "N", 0, "But not in the last N days.", n -> toDays = n)
                .number("--limit", "N", 0, "No more than N images, the newest; 0 is all.", n -> limit = n)
                .text(
                        "--attestations-since",
                        "DATE",
                        "Images uploaded before need no promotion record: 2026-11-01.",
                        date -> attestationsSince = date)
                .file("--report", "FILE", "Write a report for people, as one HTML file.", f -> report = Optional.of(f))
                .choice("--output", ResultFormat.TEXT, "Format of the result:", f -> format = f)
                .text(
                        "--canonical-registry",
                        "REGISTRY",
                        "Where to look for uploaded images. Default: " + CANONICAL + ".",
                        name -> canonical = name);
        names.describe(flags);
        flags.section("Signing")
                .text(
                        "--signature-format",
                        "WORD",
                        "How to write signatures: tag, bundle, both. Default: both.",
                        f -> form = f)
                .number("--max-signature-ops", "N", 50, "Signature operations at the same time.", n -> operations = n);
        ids.describeBuilder(flags);
        signer.describe(flags);
        access.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException, IOException {
        SigcheckWindow window = new SigcheckWindow(clock.instant(), fromDays, toDays, limit, attestationsSince);
        if (operations < 1) {
            throw new UsageException("--max-signature-ops is 1 or more; got " + operations);
        }
        if (confirm) {
            new Signers(root, signer.chosen()).refuseOthers();
        }
        root.interrupt().watch();
        try (Session session = access.open()) {
            return new SigcheckRun(root, session, clock, names.names(), ids.ids(), operations, form)
                    .run(signer.chosen(), images, canonical, window, confirm, format, report);
        }
    }
}
