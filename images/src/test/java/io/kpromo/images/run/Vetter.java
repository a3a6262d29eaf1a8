// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.manifest.Manifests;
import io.kpromo.images.manifest.Policies;
import io.kpromo.images.proof.Notary;
import io.kpromo.images.trust.StagingCheck;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.SourceTrees;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Registry;
import io.kpromo.trust.policy.EvidenceReader;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import io.kpromo.trust.store.AttachmentReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// A builder whose word a policy takes, at level 2, and the check that asks for it.
final class Vetter {
    private static final String BUILDER = "https://builder.example/b";

    private final Path folder;
    private final Registry staging;
    final Notary builder;
    private Policies policies = Policies.none();

    Vetter(Path folder, Registry staging, Notary builder) {
        this.folder = folder;
        this.staging = staging;
        this.builder = builder;
    }

    /// @param mode `require` or `warn`
    Vetter asking(String mode) throws Exception {
        String signer = builder.signatory().identity().toString().replace("key ", "key::");
        Path file =
                Files.writeString(folder.resolve("policy.yaml"), """
                registries: [{name: %s/stage, src: true}, {name: prod.example/p}]
                provenance: {mode: %s, signers: ["%s"], builders: [{id: "%s", level: 2}]}
                images: []
                """.formatted(staging.host(), mode, signer, BUILDER));
        policies = Policies.of(Manifests.plain(file).all());
        return this;
    }

    StagingCheck check(AttachmentReader attachments, Notary expected, SourceTrees trees) {
        try {
            return new StagingCheck(new EvidenceReader(attachments, builder.verifier()), expected, trees, policies, 4);
        } catch (InterruptedException e) {
            throw new AssertionError("a key at hand waits for nobody", e);
        }
    }

    /// Attaches provenance to a manifest in staging.
    ///
    /// @return the digest of what was attached
    Digest attest(String name, Digest manifest) throws Exception {
        try (Registries registries = new Registries(HttpTransport.open(TransportOptions.standard()))) {
            Repository repository = new Repository(staging.host(), "stage/" + name);
            Descriptor subject =
                    registries.manifests().head(repository.at(manifest)).orElseThrow();
            Statement provenance = new Statement(
                    List.of(Subject.of("built", manifest)),
                    PredicateTypes.PROVENANCE_1,
                    JsonMapper.shared().readTree("{\"runDetails\": {\"builder\": {\"id\": \"" + BUILDER + "\"}}}"));
            return Signed.attachments(registries)
                    .attach(
                            repository,
                            subject,
                            builder.signatory().sign(provenance),
                            builder.signatory().identity())
                    .digest();
        }
    }
}
