// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.images.audit.Audit;
import io.kpromo.images.audit.Finding;
import io.kpromo.images.manifest.RegistryName;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// `kpromo audit`: production against the manifests.
final class AuditCommand implements Command {
    private final Root root;
    private final ManifestFlags manifests;
    private final ProofFlags proofs;
    private final Access access;
    private boolean deep;
    private ResultFormat format = ResultFormat.TEXT;

    AuditCommand(Root root) {
        this.root = root;
        this.manifests = new ManifestFlags(root);
        this.proofs = new ProofFlags(root);
        this.access = new Access(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                "audit",
                "Compare production with the manifests: what is missing, what moved, what no manifest names."
                        + " Exit code 1 where anything was found.",
                "kpromo audit --thin-manifest-dir .",
                "kpromo audit --thin-manifest-dir . --deep --output json",
                "kpromo audit --thin-manifest-dir . --key kpromo.pub    signatures and records too");
        manifests.describeFiles(flags);
        flags.section("Audit")
                .toggle("--deep", false, "Look up every manifest and blob below what is wanted.", on -> deep = on)
                .choice("--output", ResultFormat.TEXT, "Format of the result:", f -> format = f);
        proofs.describe(flags);
        access.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException {
        ManifestFlags.Wanted wanted = manifests.read();
        Set<RegistryName> areas = new TreeSet<>();
        wanted.manifests().all().forEach(m -> m.destinations().forEach(registry -> areas.add(registry.name())));
        root.interrupt().watch();
        try (Session session = access.open()) {
            Audit audit = new Audit(session.registries(), deep);
            Audit.Report report = (proofs.given() ? audit.with(proofs.check(session), proofs.desired(wanted)) : audit)
                    .run(wanted.desired(), areas);
            PrintStream out = root.console().out();
            out.print(format == ResultFormat.JSON ? json(report) : text(report));
            report.tagless()
                    .forEach(repository -> root.log()
                            .warn(repository + ": its host does not list untagged manifests; unnamed ones among them"
                                    + " stay unseen"));
            root.log()
                    .info(Text.count(report.contents(), "content") + " looked at, "
                            + Text.count(report.findings().size(), "finding") + ", "
                            + Text.count(session.counts().total().requests(), "request"));
            return report.findings().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static String text(Audit.Report report) {
        return report.findings().stream().map(finding -> finding.text() + "\n").collect(Collectors.joining());
    }

    private static String json(Audit.Report report) {
        return report.findings().stream()
                .map(finding -> "    {\"kind\": " + Text.quoted(kind(finding)) + ", \"repository\": "
                        + Text.quoted(finding.repository().toString()) + ", \"digest\": "
                        + Text.quoted(finding.digest().toString()) + ", \"text\": " + Text.quoted(finding.text()) + "}")
                .collect(Collectors.joining(
                        ",\n", "{\n  \"contents\": " + report.contents() + ",\n  \"findings\": [\n", "\n  ]\n}\n"));
    }

    private static String kind(Finding finding) {
        return finding.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
