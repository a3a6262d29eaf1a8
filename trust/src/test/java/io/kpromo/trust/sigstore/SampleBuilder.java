// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ManifestWriter;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Registry;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.Identity;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import io.kpromo.trust.store.AttachedBundle;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.Loaded;
import io.kpromo.trust.store.StoreLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Who builds images, and attests to it with certificates of a Sigstore of the test's own.
///
/// ```java
/// try (SampleBuilder builder = new SampleBuilder(folder, 1)) {
///     builder.attest(repository, image.digest(), SampleBuilder.BUILDER);
/// }
/// ```
public final class SampleBuilder implements AutoCloseable {
    public static final Identity.Certificate BUILDER =
            new Identity.Certificate("builder@project.example", "https://id.project.example");
    public static final Identity.Certificate STRANGER =
            new Identity.Certificate("stranger@project.example", "https://id.project.example");

    /// In a manifest: the builder has to have attested each image.
    public static final String POLICY = """
            provenance:
              mode: require
              signers: ["sigstore::https://id.project.example::builder@project.example"]
              builders: [{id: "https://builder.example/b", level: 3}]
            """;

    private final SampleSigstore sigstore;
    private final Path trustedRoot;
    private final Registries client = new Registries(HttpTransport.open(TransportOptions.standard()));
    private final Attachments attachments =
            new Attachments(client, new BlobIndex(), StoreLimits.standard(), InstantSource.system());

    /// @param folder where `trusted_root.json` is written
    public SampleBuilder(Path folder, int rekor) throws IOException {
        this.sigstore = SampleSigstore.withRekor(rekor);
        this.trustedRoot = Files.write(
                folder.resolve("trusted_root.json"), sigstore.trustedRoot().array());
    }

    public SampleSigstore sigstore() {
        return sigstore;
    }

    /// The file.
    public Path trustedRoot() {
        return trustedRoot;
    }

    private static Bytes provenance(Digest manifest) {
        return new Statement(
                        List.of(Subject.of("built", manifest)),
                        PredicateTypes.PROVENANCE_1,
                        JsonMapper.shared()
                                .readTree("{\"runDetails\": {\"builder\": {\"id\": \"https://builder.example/b\"}}}"))
                .json();
    }

    /// Attaches provenance to a manifest.
    ///
    /// @return the digest of what was attached
    public Digest attest(Repository repository, Digest manifest, Identity.Certificate who) throws InterruptedException {
        Descriptor subject = client.manifests().head(repository.at(manifest)).orElseThrow();
        return attachments
                .attach(repository, subject, sigstore.bundle(provenance(manifest), who), who)
                .digest();
    }

    /// Puts provenance under the `.att` tag, as cosign 2 does.
    ///
    /// @return the digest of the envelope
    public Digest attestByTag(Registry registry, Repository repository, Digest manifest) throws Exception {
        SampleSigstore.AttestationLayer layer = sigstore.attestation(provenance(manifest), BUILDER);
        byte[] envelope = JsonText.write(layer.envelope().json()).array();
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        for (byte[] blob : List.of(envelope, config)) {
            try (var draft = registry.folder().contents().draft(Digest.Algorithm.SHA256)) {
                draft.write(new ByteArrayInputStream(blob));
                draft.commit(Digest.sha256(blob));
            }
            registry.folder().repository(repository.path()).addBlob(Digest.sha256(blob));
        }
        Digest digest = Digest.sha256(envelope);
        client.manifests()
                .put(
                        repository.at(Attachments.attestationTag(manifest)),
                        ManifestWriter.image(
                                Optional.empty(),
                                new Descriptor(MediaTypes.OCI_CONFIG, Digest.sha256(config), config.length),
                                List.of(new Descriptor("application/vnd.dsse.envelope.v1+json", digest, envelope.length)
                                        .with(Optional.empty(), layer.annotations())),
                                Optional.empty(),
                                Map.of()));
        return digest;
    }

    /// The one statement of this type that is attached to a manifest, unverified.
    public Statement statement(Repository repository, Digest manifest, String type) throws InterruptedException {
        List<AttachedBundle> all = attachments.referrers(repository, manifest).bundles().all().stream()
                .filter(bundle -> bundle.predicateType().equals(Optional.of(type)))
                .toList();
        if (all.size() != 1 || !(attachments.load(all.getFirst()) instanceof Loaded.Whole<Bundle>(Bundle bundle))) {
            throw new AssertionError(
                    repository.at(manifest) + " has " + all.size() + " readable statements of " + type);
        }
        return Statement.in(bundle.envelope());
    }

    @Override
    public void close() {
        client.close();
    }
}
