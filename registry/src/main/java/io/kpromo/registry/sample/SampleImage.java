// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.sample;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Tag;
import io.kpromo.registry.Registry;
import io.kpromo.registry.store.Draft;
import io.kpromo.registry.store.RegistryFolder;
import io.kpromo.registry.store.RepositoryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An image, an index or an artifact, with all that it points to.
///
/// @param blobs each once
/// @param manifests children before parents, the root last
public record SampleImage(List<SampleBlob> blobs, List<RawManifest> manifests) {
    public SampleImage {
        Map<Digest, SampleBlob> once = new LinkedHashMap<>();
        blobs.forEach(blob -> once.putIfAbsent(blob.digest(), blob));
        blobs = List.copyOf(once.values());
        manifests = manifests.stream().distinct().toList();
    }

    /// Begins with an image for `linux/amd64` with one layer of 1,000 bytes.
    public static ImageBuilder image() {
        return new ImageBuilder();
    }

    /// An index of indexes or images, for example a release with its platforms.
    public static SampleImage indexOf(SampleImage... parts) {
        return SampleArtifacts.indexOf(List.of(parts));
    }

    /// An artifact without a configuration, with one blob of 500 bytes.
    ///
    /// @param artifactType for example `application/vnd.example.sbom`
    /// @param subject what it refers to, if anything; need not be there
    public static SampleImage artifact(String artifactType, Optional<RawManifest> subject) {
        return SampleArtifacts.artifact(artifactType, subject);
    }

    /// A Helm chart as `helm push` makes it: a configuration and a chart of Helm's own types.
    public static SampleImage helmChart(String name, String version) {
        return SampleArtifacts.helmChart(name, version);
    }

    /// An image of before 2016 (docker schema 1) with two layers.
    ///
    /// @param signed with a signature in the manifest itself, which nobody checks any more
    public static SampleImage schema1(String name, boolean signed) {
        return SampleArtifacts.schema1(name, signed);
    }

    /// What a tag points to.
    public RawManifest root() {
        return manifests.getLast();
    }

    public Digest digest() {
        return root().digest();
    }

    /// The digest of a layer of the image itself, of the first platform's where it is an index.
    public Digest layer(int number) {
        return ((Manifest.Image) Manifest.parse(manifests.getFirst()))
                .layers()
                .get(number)
                .digest();
    }

    /// Bytes of all blobs.
    public long size() {
        return blobs.stream().mapToLong(SampleBlob::size).sum();
    }

    /// Puts it into a registry without HTTP, and without being counted.
    ///
    /// @param tags that will point to its root; none to leave it untagged
    public void pushTo(Registry registry, String repository, String... tags) {
        pushTo(registry.folder(), repository, tags);
    }

    /// @throws UncheckedIOException when the folder can't be written, or lacks what the image refers to
    public void pushTo(RegistryFolder folder, String repository, String... tags) {
        RepositoryFolder into = folder.repository(repository);
        try {
            for (SampleBlob blob : blobs) {
                push(folder, into, blob);
            }
            for (RawManifest raw : manifests) {
                into.put(raw, Manifest.parse(raw), List.of());
            }
            into.put(
                    root(),
                    Manifest.parse(root()),
                    Arrays.stream(tags).map(Tag::new).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Pushes it as any client would: `POST` and `PUT` for each blob, then the manifests. For small ones, to any
    /// registry that asks for no password.
    ///
    /// @param registry scheme, host and port
    /// @throws IOException when the registry refuses something
    public void pushTo(URI registry, String repository, String... tags) throws IOException, InterruptedException {
        try (Push push = new Push(registry, repository)) {
            for (SampleBlob blob : blobs) {
                push.blob(blob);
            }
            for (RawManifest raw : manifests) {
                push.manifest(raw, raw.digest().toString());
            }
            for (String tag : tags) {
                push.manifest(root(), tag);
            }
        }
    }

    private static void push(RegistryFolder folder, RepositoryFolder into, SampleBlob blob) throws IOException {
        if (folder.contents().size(blob.digest()).isEmpty()) {
            try (Draft draft = folder.contents().draft(blob.digest().algorithm());
                    InputStream in = blob.open()) {
                draft.write(in);
                draft.commit(blob.digest());
            }
        }
        into.addBlob(blob.digest());
    }
}
