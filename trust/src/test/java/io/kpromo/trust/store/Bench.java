// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.ManifestWriter;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.Artifacts;
import io.kpromo.oci.copy.Artifacts.Blob;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.Identity;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.bundle.Material;
import io.kpromo.trust.statement.Envelope;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;

/// Registries with an image, and things to attach to it. What is signed here is signed by nobody: nothing in this
/// room verifies.
final class Bench implements AutoCloseable {
    static final String NAME = "registry.example/app";
    static final Identity SIGNER = new Identity.Key("ab".repeat(32));
    static final Instant NOW = Instant.parse("2026-11-23T05:00:00.25Z");

    final SampleImage image = SampleImage.image().build();
    private final Path folder;
    private final List<Registry> registries = new ArrayList<>();
    private final List<Registries> clients = new ArrayList<>();

    Bench(Path folder) {
        this.folder = folder;
    }

    Registry registry(UnaryOperator<RegistryOptions> shape) throws IOException {
        Registry registry =
                Registry.open(shape.apply(RegistryOptions.in(folder.resolve("registry-" + registries.size()))));
        registries.add(registry);
        return registry;
    }

    /// A registry that holds the image as `app`.
    Registry holder(UnaryOperator<RegistryOptions> shape) throws IOException {
        Registry registry = registry(shape);
        image.pushTo(registry, "app");
        registry.resetCounts();
        return registry;
    }

    /// A client that knows nothing yet, as a process that has just started.
    Attachments attachments() {
        return attachments(StoreLimits.standard());
    }

    Attachments attachments(StoreLimits limits) {
        return new Attachments(client(), new BlobIndex(), limits, InstantSource.fixed(NOW));
    }

    Registries client() {
        Registries client =
                new Registries(HttpTransport.open(TransportOptions.standard().withTries(2)));
        clients.add(client);
        return client;
    }

    /// Puts a manifest whose configuration is the empty one.
    void write(ImageReference at, RawManifest manifest, byte[]... blobs) throws InterruptedException {
        List<Blob> all = new ArrayList<>(List.of(Blob.EMPTY));
        for (byte[] blob : blobs) {
            all.add(Blob.of(blob));
        }
        new Artifacts(client(), new BlobIndex()).write(at, manifest, all);
    }

    void writeLayers(ImageReference at, String mediaType, byte[]... blobs) throws InterruptedException {
        List<Descriptor> layers = Arrays.stream(blobs)
                .map(blob -> Blob.of(blob).descriptor(mediaType))
                .toList();
        RawManifest manifest = ManifestWriter.image(
                Optional.empty(), Blob.EMPTY.descriptor(MediaTypes.OCI_CONFIG), layers, Optional.empty(), Map.of());
        write(at, manifest, blobs);
    }

    /// What a manifest says.
    String text(ImageReference at) throws InterruptedException {
        return new String(client().manifests().get(at).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    static Repository app(Registry registry) {
        return new Repository(registry.host(), "app");
    }

    Digest digest() {
        return image.digest();
    }

    Descriptor subject() {
        return image.root().descriptor();
    }

    /// @param signature makes it another bundle about the same
    Bundle bundle(String predicateType, String signature) {
        Statement statement = new Statement(
                List.of(Subject.of(NAME, digest())), predicateType, JsonNodeFactory.instance.objectNode());
        return new Bundle(
                new Material.PublicKeyHint("hint"),
                List.of(),
                List.of(),
                new Envelope(
                        Statement.PAYLOAD_TYPE,
                        statement.json(),
                        List.of(new Envelope.Signature("", Bytes.of(signature)))));
    }

    SignedPayload payload(String signature) {
        return new SignedPayload(
                new SimpleSigning(NAME, digest(), Map.of("test", signature)).bytes(),
                Map.of(SignedPayload.SIGNATURE, signature));
    }

    @Override
    public void close() {
        clients.forEach(Registries::close);
        registries.forEach(Registry::close);
    }
}
