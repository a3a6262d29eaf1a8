// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.images.check.Verification;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.trust.inspect.Inspection;
import io.kpromo.trust.inspect.Inspector;
import io.kpromo.trust.policy.EvidenceReader;
import java.util.List;

/// `kpromo attestations`: every signature and attestation of an image.
final class AttestationsCommand implements Command {
    private final Root root;
    private final IdentityFlags identity = new IdentityFlags();
    private final Access access;
    private String image = "";
    private ResultFormat format = ResultFormat.TEXT;

    AttestationsCommand(Root root) {
        this.root = root;
        this.access = new Access(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "attestations",
                        "List every signature and attestation of an image: what it is, by whom, where it is stored,"
                                + " whether it verifies. Exit code 1 where something could not be looked at.",
                        "kpromo attestations registry.k8s.io/pause:3.10",
                        "kpromo attestations --key kpromo.pub registry.example.com/app:1.0 --output json")
                .words("IMAGE", "1", String.class, "host/path:tag or host/path@digest.", i -> image = i)
                .choice("--output", ResultFormat.TEXT, "Format of the result:", f -> format = f);
        identity.describeMeans(flags.section("What to check with"));
        access.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException {
        ImageReference wanted = VerifyCommand.parsed(List.of(image)).getFirst();
        root.interrupt().watch();
        try (Session session = access.open()) {
            Digest digest = Verification.digest(session.registries(), wanted);
            Inspection found = new Inspector(new EvidenceReader(
                            session.attachments(), identity.open(session, root).verifier()))
                    .inspect(wanted.repository(), digest);
            ImageReference exactly = Verification.exactly(wanted, digest);
            root.console()
                    .out()
                    .print(
                            format == ResultFormat.JSON
                                    ? AttestationsText.json(exactly, found)
                                    : AttestationsText.text(exactly, found));
            root.log()
                    .info(Text.count(found.found().all().size()) + " found, "
                            + Text.count(session.counts().total().requests(), "request"));
            return found.found().unseen().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }
}
