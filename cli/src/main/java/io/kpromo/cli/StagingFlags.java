// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.manifest.Policies;
import io.kpromo.images.manifest.PolicyFile;
import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.proof.Notary;
import io.kpromo.images.trust.NotaryVerifier;
import io.kpromo.images.trust.StagingCheck;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.copy.SourceTrees;
import io.kpromo.trust.policy.EvidenceReader;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.StoreLimits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The flags of what staging images have to prove before they are promoted.
final class StagingFlags {
    private Optional<Path> policy = Optional.empty();
    private boolean failFast;

    void describe(Flags flags) {
        flags.section("Checking")
                .file(
                        "--policy",
                        "FILE",
                        "Provenance policy for all projects whose manifest has none.",
                        file -> policy = Optional.of(file))
                .toggle(
                        "--fail-fast",
                        false,
                        "Promote nothing where one image is refused by policy.",
                        on -> failFast = on);
    }

    boolean failFast() {
        return failFast;
    }

    /// @throws io.kpromo.yaml.InvalidInputException when the file holds no policy, or manifests disagree
    Policies policies(List<PromoterManifest> manifests) {
        Policies own = Policies.of(manifests);
        return policy.map(PolicyFile::read).map(own::otherwise).orElse(own);
    }

    /// @param notary whose signatures have to verify where there is no policy, and who verifies
    Function<SourceTrees, Optional<StagingCheck>> check(
            Policies policies, Session session, Notary notary, InstantSource clock, int atOnce) {
        Attachments attachments = new Attachments(session.registries(), new BlobIndex(), StoreLimits.standard(), clock);
        EvidenceReader reader = new EvidenceReader(attachments, new NotaryVerifier(notary));
        return trees -> Optional.of(new StagingCheck(reader, notary, trees, policies, atOnce));
    }
}
