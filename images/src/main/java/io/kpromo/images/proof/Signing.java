// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.SharedTags;
import io.kpromo.trust.Signatory;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.store.Attached;
import io.kpromo.trust.store.AttachedBundle;
import io.kpromo.trust.store.AttachedPayload;
import io.kpromo.trust.store.AttachmentReader;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.SignedPayload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// Signs and writes, so many at the same time.
final class Signing {
    private final Attachments attachments;
    private final AttachmentReader staging;
    private final Notaries notaries;
    private final String version;
    private final Semaphore operations;
    private final AtomicBoolean withoutTags = new AtomicBoolean();

    /// @param staging reads what lies at sources
    /// @param version of kpromo, for what is signed
    Signing(Attachments attachments, AttachmentReader staging, Notaries notaries, String version, int atOnce) {
        this.attachments = attachments;
        this.staging = staging;
        this.notaries = notaries;
        this.version = version;
        this.operations = new Semaphore(atOnce, true);
    }

    /// Whether a signature under a tag was left out because this identity cannot make one.
    boolean leftTagsOut() {
        return withoutTags.get();
    }

    /// The signature under the tag: those of the staging registry first, then ours.
    ///
    /// @param source where the image was promoted from
    /// @return to be confirmed before anything is stated that relies on it
    SharedTags.Written tag(Repository repository, Descriptor manifest, String name, Repository source)
            throws InterruptedException {
        operations.acquire();
        try {
            Optional<SignedPayload> signed = notaries.of(Piece.TAG_SIGNATURE)
                    .signatory()
                    .sign(Signature.payload(name, manifest.digest(), version));
            if (signed.isEmpty()) {
                withoutTags.set(true);
                return SharedTags.Written.NOTHING;
            }
            Map<String, String> annotations = new HashMap<>(signed.get().annotations());
            annotations.put(Signature.VERSION, version);
            SignedPayload ours = new SignedPayload(signed.get().payload(), annotations);
            return attachments.beginSignatures(
                    repository, manifest.digest(), staged(source, repository, manifest), List.of(ours));
        } finally {
            operations.release();
        }
    }

    /// What a builder has signed before us.
    private List<AttachedPayload> staged(Repository source, Repository repository, Descriptor manifest)
            throws InterruptedException {
        if (source.equals(repository)) {
            return List.of();
        }
        Attached<AttachedPayload> staged = staging.signatures(source, manifest.digest());
        if (!staged.isComplete()) {
            throw new OciException("carry the signatures of " + source.at(manifest.digest()) + ": "
                    + staged.findings().getFirst());
        }
        return staged.all();
    }

    /// The accepted attestations of the staging registry, byte for byte.
    void attestations(WantedProof wanted) throws InterruptedException {
        Repository source = wanted.source();
        for (Map.Entry<Digest, Set<Digest>> accepted : wanted.attestations().entrySet()) {
            operations.acquire();
            try {
                Attached<AttachedBundle> there = attachments
                        .referrers(wanted.repository(), accepted.getKey())
                        .bundles();
                for (AttachedBundle bundle :
                        staging.referrers(source, accepted.getKey()).bundles().all()) {
                    if (accepted.getValue().contains(bundle.digest())) {
                        attachments.carry(bundle, wanted.repository(), there);
                    }
                }
            } finally {
                operations.release();
            }
        }
    }

    /// A bundle that refers to the manifest.
    ///
    /// @param piece that it is
    void bundle(Piece piece, Repository repository, Descriptor manifest, Statement statement)
            throws InterruptedException {
        operations.acquire();
        try {
            Signatory signatory = notaries.of(piece).signatory();
            attachments.attach(repository, manifest, signatory.sign(statement), signatory.identity());
        } finally {
            operations.release();
        }
    }
}
