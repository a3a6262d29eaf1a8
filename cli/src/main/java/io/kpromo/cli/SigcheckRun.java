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
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.proof.Notaries;
import io.kpromo.images.proof.Notary;
import io.kpromo.images.proof.ProductionNames;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One run of `kpromo sigcheck`: looks, repairs where that is wanted, and tells. Apart from the command, for with
/// it rooms are opened.
record SigcheckRun(
        Root root, Session session, Clock clock, ProductionNames names, Records.Ids ids, int operations, String form) {
    ExitCode run(
            SignerFlags.Chosen signer,
            List<String> images,
            String canonical,
            SigcheckWindow window,
            boolean confirm,
            ResultFormat format,
            Optional<Path> report)
            throws InterruptedException, IOException {
        try (Signers.Opened opened = new Signers(root, signer).open(confirm, signatureFormat(), session, clock)) {
            if (confirm) {
                refuseOthers(opened.notary());
            }
            List<Promoted> promoted = window.cut(images.isEmpty() ? uploaded(canonical, window) : named(images));
            List<Checked> checked = check(opened.notary(), promoted);
            Map<Promoted, String> failures = Map.of();
            List<Checked> repairable = Repair.repairable(checked);
            if (confirm && !repairable.isEmpty()) {
                root.log().info("repairing " + Text.count(repairable.size(), "image"));
                failures = repair(opened).repair(repairable, operations);
                checked = check(opened.notary(), promoted);
            }
            if (report.isPresent()) {
                Files.writeString(report.get(), SigcheckHtml.page(checked, clock.instant()));
                root.log().info("report: " + report.get());
            }
            SigcheckText text = new SigcheckText(checked, failures);
            root.console().out().print(format == ResultFormat.JSON ? text.json() : text.table());
            return told(checked, failures, confirm);
        }
    }

    private SignatureFormat signatureFormat() {
        return Stream.of(SignatureFormat.values())
                .filter(format -> format.toString().equals(form))
                .findFirst()
                .orElseThrow(() ->
                        new UsageException("--signature-format is tag, bundle or both; got " + Text.quoted(form)));
    }

    /// What is signed by somebody who isn't expected would be found missing again.
    private void refuseOthers(Notary notary) throws InterruptedException {
        Identity own = notary.signatory().identity();
        if (!notary.expected().matches(own)) {
            throw new UsageException("refused: this run would sign as " + own + ", but signatures count that are by "
                    + notary.expected() + "; nothing was written");
        }
    }

    private List<Promoted> uploaded(String canonical, SigcheckWindow window) throws InterruptedException {
        RegistryName area;
        try {
            area = RegistryName.parse(canonical);
        } catch (InvalidNameException e) {
            throw new UsageException("--canonical-registry: " + e.getMessage(), e);
        }
        return new UploadedImages(session.registries()).between(area, window.from(), window.to());
    }

    private List<Promoted> named(List<String> images) throws InterruptedException {
        return new NamedImages(session.registries()).find(VerifyCommand.parsed(images), operations);
    }

    private List<Checked> check(Notary notary, List<Promoted> promoted) throws InterruptedException {
        Inspector inspector = new Inspector(new EvidenceReader(session.attachments(), notary.verifier()));
        return new ProofCheck(session.registries(), inspector, notary.expected(), names)
                .check(promoted, true, operations);
    }

    private Repair repair(Signers.Opened opened) {
        BuildInfo build = BuildInfo.ours();
        Records records = new Records(
                new PromotionRecord.Promoter(build.version(), build.commit()),
                ids,
                root.console().environment(),
                clock);
        Prover prover = new Prover(
                session.registries(),
                session.attachments(),
                session.attachments(),
                Notaries.of(opened.notary()),
                records.withoutOrigin(),
                build.version(),
                operations);
        return new Repair(prover, opened.format());
    }

    private ExitCode told(List<Checked> checked, Map<Promoted, String> failures, boolean confirm) {
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
