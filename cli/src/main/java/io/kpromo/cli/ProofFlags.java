// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.check.ProofCheck;
import io.kpromo.images.check.ProofPreview;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.proof.DesiredProofs;
import io.kpromo.images.proof.ProofReader;
import io.kpromo.images.proof.ProofWishes;
import io.kpromo.images.run.Outcome;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.trust.inspect.Inspector;
import io.kpromo.trust.policy.EvidenceReader;
import java.util.Map;

/// The flags of commands that compare: with an identity they look at signatures and records as well.
final class ProofFlags {
    private static final int AT_ONCE = 32;

    private final Root root;
    private final IdentityFlags identity = new IdentityFlags();
    private final NameFlags names = new NameFlags();
    private String canonical = ProofWishes.CANONICAL;

    ProofFlags(Root root) {
        this.root = root;
    }

    void describe(Flags flags) {
        identity.describe(flags);
        flags.text(
                "--canonical-registry",
                "REGISTRY",
                "Where signatures and records are kept. Default: " + ProofWishes.CANONICAL
                        + "; a manifest's first destination where none lies there.",
                name -> canonical = name);
        names.describe(flags);
    }

    boolean given() {
        return identity.given();
    }

    DesiredProofs desired(ManifestFlags.Wanted wanted) {
        try {
            return DesiredProofs.of(
                    wanted.manifests().all(),
                    wanted.desired(),
                    ProofWishes.standard()
                            .withCanonical(RegistryName.parse(canonical))
                            .withNames(names.names()));
        } catch (InvalidNameException e) {
            throw new UsageException("--canonical-registry: " + e.getMessage(), e);
        }
    }

    /// Looks by verifying.
    ProofCheck check(Session session) throws InterruptedException {
        Identities identities = identity.open(session, root);
        Inspector inspector = new Inspector(new EvidenceReader(session.attachments(), identities.verifier()));
        return new ProofCheck(session.registries(), inspector, identities.expected(), names.names());
    }

    /// The same outcome, with what would be signed and recorded.
    Outcome previewed(Outcome contents, ManifestFlags.Wanted wanted, Session session) throws InterruptedException {
        Identities identities = identity.open(session, root);
        ProofReader reader =
                new ProofReader(session.attachments(), Onlooker.of(identities.expected(), identities.verifier()));
        return new Outcome(
                contents.plan(),
                contents.staging(),
                contents.stopped(),
                contents.oversized(),
                contents.results(),
                new Outcome.Proofs(
                        new ProofPreview(reader).plan(desired(wanted), contents.plan(), AT_ONCE), Map.of(), false),
                contents.confirmed(),
                contents.observing(),
                contents.executing());
    }
}
