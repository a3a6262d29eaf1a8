// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import io.kpromo.images.manifest.Manifests;
import io.kpromo.images.manifest.Policies;
import io.kpromo.images.proof.Notary;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.copy.SourceTrees;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Identity;
import io.kpromo.trust.Signatory;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.key.KeySignatory;
import io.kpromo.trust.key.KeyVerifier;
import io.kpromo.trust.key.Keys;
import io.kpromo.trust.policy.EvidenceReader;
import io.kpromo.trust.statement.Envelope;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.SignedPayload;
import io.kpromo.trust.store.StoreLimits;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// A staging registry with images, people who sign them, and a check of what lies there.
final class Staging implements AutoCloseable {
    static final String BUILDER = "https://builder.example/b";

    /// Somebody with a key.
    record Person(Signatory signatory, PublicKey key) {
        static Person with(Path folder, String name) throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            String pem = "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
            Path file = Files.writeString(folder.resolve(name + ".pem"), pem);
            return new Person(new KeySignatory(Keys.read(file, Optional::empty)), pair.getPublic());
        }

        /// As a policy lists it.
        String signer() throws InterruptedException {
            return signatory.identity().toString().replace("key ", "key::");
        }
    }

    private final Path folder;
    final Registry registry;
    final Person alice;
    final Person mallory;
    final Registries registries = new Registries(HttpTransport.open(TransportOptions.standard()));
    final Attachments attachments;
    private StoreLimits limits = StoreLimits.standard();
    private final List<PublicKey> known = new ArrayList<>();

    Staging(Path folder, Feature... without) throws Exception {
        this.folder = folder;
        this.registry =
                Registry.open(RegistryOptions.in(folder.resolve("staging")).without(without));
        this.alice = Person.with(folder, "alice");
        this.mallory = Person.with(folder, "mallory");
        this.attachments = attachments();
        known.add(alice.key());
        known.add(mallory.key());
    }

    private Attachments attachments() {
        return new Attachments(registries, new BlobIndex(), limits, InstantSource.system());
    }

    /// Nobody has Mallory's key.
    Staging withoutMallorysKey() {
        known.remove(mallory.key());
        return this;
    }

    Staging with(StoreLimits other) {
        limits = other;
        return this;
    }

    Repository repository(String name) {
        return new Repository(registry.host(), "stage/" + name);
    }

    Staged put(String name, SampleImage image) {
        image.pushTo(registry, "stage/" + name);
        return new Staged(repository(name), image.digest());
    }

    /// An index with these images, under these platforms, and BuildKit's statements about the first.
    Staged putWithBuildKit(String name, SampleImage platform, String layerType) {
        platform.pushTo(registry, "stage/" + name);
        byte[] text = "{}".getBytes(StandardCharsets.UTF_8);
        SampleImage holder = SampleImage.artifact("application/vnd.example", Optional.empty());
        holder.pushTo(registry, "stage/" + name);
        Descriptor blob = new Descriptor(layerType, holder.blobs().getFirst().digest(), text.length);
        RawManifest attestation = manifest(
                MediaTypes.OCI_MANIFEST,
                Map.of(
                        "config", fields(new Descriptor(MediaTypes.OCI_CONFIG, blob.digest(), text.length)),
                        "layers",
                                List.of(Map.of(
                                        "mediaType", blob.mediaType(),
                                        "digest", blob.digest().toString(),
                                        "size", text.length,
                                        "annotations",
                                                Map.of("in-toto.io/predicate-type", PredicateTypes.PROVENANCE_0_2)))));
        RawManifest index = manifest(
                MediaTypes.OCI_INDEX,
                Map.of(
                        "manifests",
                        List.of(
                                platformed(platform.root().descriptor(), "linux", "amd64", Map.of()),
                                platformed(
                                        attestation.descriptor(),
                                        "unknown",
                                        "unknown",
                                        Map.of(
                                                "vnd.docker.reference.type",
                                                "attestation-manifest",
                                                "vnd.docker.reference.digest",
                                                platform.digest().toString())))));
        new SampleImage(holder.blobs(), List.of(attestation, index)).pushTo(registry, "stage/" + name);
        return new Staged(repository(name), index.digest());
    }

    private static Map<String, Object> platformed(
            Descriptor descriptor, String os, String architecture, Map<String, String> annotations) {
        return Map.of(
                "mediaType", descriptor.mediaType(),
                "digest", descriptor.digest().toString(),
                "size", descriptor.size(),
                "platform", Map.of("os", os, "architecture", architecture),
                "annotations", annotations);
    }

    private static Map<String, Object> fields(Descriptor descriptor) {
        return Map.of(
                "mediaType", descriptor.mediaType(),
                "digest", descriptor.digest().toString(),
                "size", descriptor.size());
    }

    private static RawManifest manifest(String mediaType, Map<String, Object> fields) {
        Map<String, Object> all = new TreeMap<>(fields);
        all.put("schemaVersion", 2);
        all.put("mediaType", mediaType);
        return RawManifest.of(mediaType, JsonMapper.shared().writeValueAsBytes(all));
    }

    Digest provenance(Staged staged, Person signer) throws InterruptedException {
        return attest(staged, staged.digest(), signer, PredicateTypes.PROVENANCE_1);
    }

    /// @param about the digest that the statement is about, which may be another
    Digest attest(Staged staged, Digest about, Person signer, String type) throws InterruptedException {
        return attach(staged, bundle(about, signer, type), signer);
    }

    Digest attach(Staged staged, Bundle bundle, Person signer) throws InterruptedException {
        Descriptor subject =
                registries.manifests().head(staged.source().at(staged.digest())).orElseThrow();
        return attachments
                .attach(staged.source(), subject, bundle, signer.signatory().identity())
                .digest();
    }

    /// About the image itself.
    Digest attest(Staged staged, Person signer, String type, String predicate) throws InterruptedException {
        return attach(staged, bundle(staged.digest(), signer, type, predicate), signer);
    }

    Bundle bundle(Digest about, Person signer, String type) throws InterruptedException {
        String predicate = type.equals(PredicateTypes.PROVENANCE_1)
                ? "{\"runDetails\": {\"builder\": {\"id\": \"" + BUILDER + "\"}}}"
                : "{}";
        return bundle(about, signer, type, predicate);
    }

    Bundle bundle(Digest about, Person signer, String type, String predicate) throws InterruptedException {
        return signer.signatory()
                .sign(new Statement(
                        List.of(Subject.of("staged", about)),
                        type,
                        JsonMapper.shared().readTree(predicate)));
    }

    /// The same, with one byte of what is signed changed.
    static Bundle tampered(Bundle bundle) {
        Envelope envelope = bundle.envelope();
        Bytes changed = Bytes.of(envelope.payload().text().replace("builder.example", "builder.exampla"));
        return new Bundle(
                bundle.material(),
                bundle.entries(),
                bundle.timestamps(),
                new Envelope(envelope.payloadType(), changed, envelope.signatures()));
    }

    SignedPayload signature(Digest about, Person signer) throws InterruptedException {
        return signer.signatory()
                .sign(new SimpleSigning("staged", about, Map.of()))
                .orElseThrow();
    }

    void sign(Staged staged, SignedPayload... payloads) throws InterruptedException {
        attachments.appendSignatures(staged.source(), staged.digest(), List.of(payloads));
    }

    /// An `.att` manifest, as cosign 2 wrote it.
    void attestByTag(Staged staged, byte[]... envelopes) throws Exception {
        List<Object> layers = new ArrayList<>();
        for (byte[] envelope : envelopes) {
            Digest digest = Digest.sha256(envelope);
            layers.add(fields(new Descriptor("application/vnd.dsse.envelope.v1+json", digest, envelope.length)));
            upload(staged.source(), envelope);
        }
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        upload(staged.source(), config);
        RawManifest manifest = manifest(
                MediaTypes.OCI_MANIFEST,
                Map.of(
                        "config",
                        fields(new Descriptor(MediaTypes.OCI_CONFIG, Digest.sha256(config), config.length)),
                        "layers",
                        layers));
        registries.manifests().put(staged.source().at(Attachments.attestationTag(staged.digest())), manifest);
    }

    /// Whatever this is, under a tag beside the image.
    void putTag(Staged staged, Tag tag, String mediaType, String text) throws InterruptedException {
        registries
                .manifests()
                .put(staged.source().at(tag), RawManifest.of(mediaType, text.getBytes(StandardCharsets.UTF_8)));
    }

    private void upload(Repository repository, byte[] bytes) throws Exception {
        try (var draft = registry.folder().contents().draft(Digest.Algorithm.SHA256)) {
            draft.write(new ByteArrayInputStream(bytes));
            draft.commit(Digest.sha256(bytes));
        }
        registry.folder().repository(repository.path()).addBlob(Digest.sha256(bytes));
    }

    /// What a policy in a manifest of this source would say.
    Policies policies(String mode, Person... signers) throws Exception {
        List<String> listed = new ArrayList<>();
        for (Person signer : signers) {
            listed.add('"' + signer.signer() + '"');
        }
        Path file = Files.writeString(folder.resolve("m.yaml"), """
                registries: [{name: %s/stage, src: true}, {name: prod.example/p}]
                provenance: {mode: %s, signers: %s, builders: [{id: "%s", level: 2}]}
                images: []
                """.formatted(registry.host(), mode, listed, BUILDER));
        return Policies.of(Manifests.plain(file).all());
    }

    EvidenceReader reader() throws InterruptedException {
        return new EvidenceReader(attachments(), new NotaryVerifier(notary()));
    }

    /// Expects Alice.
    Notary notary() throws InterruptedException {
        return Notary.of(
                new ExpectedIdentity.Key((Identity.Key) alice.signatory().identity()),
                KeyVerifier.of(known),
                alice.signatory());
    }

    StagingReport check(Policies policies, Staged... staged) throws InterruptedException {
        registry.resetCounts();
        return check(policies).check(List.of(staged), verdict -> {});
    }

    /// Of what an earlier run has promoted.
    StagingReport checkBefore(Policies policies, Staged... staged) throws InterruptedException {
        return check(policies).check(List.of(), List.of(staged), verdict -> {});
    }

    private StagingCheck check(Policies policies) throws InterruptedException {
        return new StagingCheck(reader(), notary(), new SourceTrees(registries.manifests()), policies, 4);
    }

    StagingVerdict verdict(Policies policies, Staged staged) throws InterruptedException {
        return check(policies, staged).of(staged).orElseThrow();
    }

    List<Digest> platforms(Staged index) throws InterruptedException {
        return Manifest.parse(registries
                        .manifests()
                        .get(index.source().at(index.digest()))
                        .orElseThrow())
                .manifests()
                .stream()
                .map(Descriptor::digest)
                .toList();
    }

    @Override
    public void close() {
        registries.close();
        registry.close();
    }
}
