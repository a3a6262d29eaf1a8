// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.SigcheckHtml;
import io.kpromo.cli.terminal.Text;
import io.kpromo.images.audit.UploadedImages;
import io.kpromo.images.check.Checked;
import io.kpromo.images.check.NamedImages;
import io.kpromo.images.check.Promoted;
import io.kpromo.images.check.ProofCheck;
import io.kpromo.images.check.Repair;
import io.kpromo.images.check.RepairStatements;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.proof.Notary;
import io.kpromo.images.proof.Prover;
import io.kpromo.images.proof.Records;
import io.kpromo.images.proof.SignatureFormat;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.trust.Identity;
import io.kpromo.trust.inspect.Inspector;
import io.kpromo.trust.policy.EvidenceReader;
import io.kpromo.trust.statement.PromotionRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `kpromo sigcheck`: whether what was promoted is signed and recorded; with `--confirm`, makes it so.
final class SigcheckCommand implements Command {
    private static final String CANONICAL = "us-central1-docker.pkg.dev/k8s-artifacts-prod/images";

    private final Root root;
    private final SignerFlags signer;
    private final NameFlags names = new NameFlags();
    private final Access access;
    private final Clock clock = Clock.systemUTC();
    private final List<String> images = new ArrayList<>();
    private String canonical = CANONICAL;
    private boolean confirm;
    private int fromDays = 5;
    private int toDays;
    private int limit;
    private String attestationsSince = "";
    private SignatureFormat form = SignatureFormat.BOTH;
    private int operations = 50;
    private Optional<Path> report = Optional.empty();
    private ResultFormat format = ResultFormat.TEXT;

    SigcheckCommand(Root root) {
        this.root = root;
        this.signer = new SignerFlags(root);
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
                .choice("--signature-format", SignatureFormat.BOTH, "How to write signatures:", f -> form = f)
                .number("--max-signature-ops", "N", 50, "Signature operations at the same time.", n -> operations = n);
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
            signer.refuseOtherAccounts();
        }
        root.interrupt().watch();
        try (Session session = access.open();
                SignerFlags.Opened opened = signer.open(confirm, form, session.transport(), clock)) {
            if (confirm) {
                refuseOthers(opened.notary());
            }
            List<Promoted> promoted = window.cut(images.isEmpty() ? uploaded(session, window) : named(session));
            List<Checked> checked = check(session, opened.notary(), promoted);
            Map<Promoted, String> failures = Map.of();
            List<Checked> repairable = Repair.repairable(checked);
            if (confirm && !repairable.isEmpty()) {
                root.log().info("repairing " + Text.count(repairable.size(), "image"));
                failures = repair(session, opened).repair(repairable, operations);
                checked = check(session, opened.notary(), promoted);
            }
            return told(checked, failures, session);
        }
    }

    /// What is signed by somebody who isn't expected would be found missing again.
    private void refuseOthers(Notary notary) throws InterruptedException {
        Identity own = notary.signatory().identity();
        if (!notary.expected().matches(own)) {
            throw new UsageException("refused: this run would sign as " + own + ", but signatures count that are by "
                    + notary.expected() + "; nothing was written");
        }
    }

    private List<Promoted> uploaded(Session session, SigcheckWindow window) throws InterruptedException {
        RegistryName area;
        try {
            area = RegistryName.parse(canonical);
        } catch (InvalidNameException e) {
            throw new UsageException("--canonical-registry: " + e.getMessage(), e);
        }
        return new UploadedImages(session.registries()).between(area, window.from(), window.to());
    }

    private List<Promoted> named(Session session) throws InterruptedException {
        return new NamedImages(session.registries()).find(VerifyCommand.parsed(images), operations);
    }

    private List<Checked> check(Session session, Notary notary, List<Promoted> promoted) throws InterruptedException {
        Inspector inspector = new Inspector(new EvidenceReader(session.attachments(), notary.verifier()));
        return new ProofCheck(session.registries(), inspector, notary.expected(), names.names())
                .check(promoted, true, operations);
    }

    private Repair repair(Session session, SignerFlags.Opened opened) {
        BuildInfo build = BuildInfo.ours();
        RepairStatements statements = new RepairStatements(
                new PromotionRecord.Promoter(build.version(), build.commit()),
                Records.Ids.standard().builder(),
                root.console().environment(),
                clock);
        Prover prover = new Prover(
                session.registries(), session.attachments(), opened.notary(), statements, build.version(), operations);
        return new Repair(prover, opened.format());
    }

    private ExitCode told(List<Checked> checked, Map<Promoted, String> failures, Session session) throws IOException {
        SigcheckText text = new SigcheckText(checked, failures);
        root.console().out().print(format == ResultFormat.JSON ? text.json() : text.table());
        if (report.isPresent()) {
            Files.writeString(report.get(), SigcheckHtml.page(checked, clock.instant()));
            root.log().info("report: " + report.get());
        }
        long good = checked.stream().filter(Checked::isProven).count();
        root.log()
                .info(Text.count(good) + " of " + Text.count(checked.size(), "image") + " signed and recorded, "
                        + Text.count(session.counts().total().requests(), "request"));
        if (good < checked.size() && !confirm) {
            root.log().info("kpromo sigcheck --confirm writes what is missing");
        }
        return good == checked.size() && failures.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
