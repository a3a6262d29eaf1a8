// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.sample;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Says what an image is made of; [#build] makes it. Changed in place.
public final class ImageBuilder {
    private List<String> platforms = List.of("linux/amd64");
    private boolean index;
    private boolean docker;
    private boolean real;
    private int layers = 1;
    private int layerSize = 1000;
    private int sharedLayers;
    private long seed;
    private boolean foreign;
    private Optional<Descriptor> subject = Optional.empty();
    private final Map<String, String> annotations = new TreeMap<>();

    ImageBuilder() {}

    /// An index with an image for each of these, for example `linux/arm64/v8`.
    public ImageBuilder platforms(String... osAndArchitecture) {
        platforms = List.of(osAndArchitecture);
        index = true;
        return this;
    }

    public ImageBuilder layers(int count) {
        layers = count;
        return this;
    }

    /// In bytes.
    public ImageBuilder layerSize(int bytes) {
        layerSize = bytes;
        return this;
    }

    /// The first so many layers of each platform are the same in all images, whatever their seed: a common base.
    public ImageBuilder sharedLayers(int count) {
        sharedLayers = count;
        return this;
    }

    /// Another seed gives other layers and digests.
    public ImageBuilder seed(long number) {
        seed = number;
        return this;
    }

    /// Docker's media types (schema 2 and manifest list) instead of OCI's.
    public ImageBuilder docker() {
        docker = true;
        return this;
    }

    /// Layers are tar archives that other programs can unpack, not just bytes.
    public ImageBuilder unpackable() {
        real = true;
        return this;
    }

    /// One more layer, which may not be distributed and is nowhere to be found.
    public ImageBuilder foreignLayer() {
        foreign = true;
        return this;
    }

    public ImageBuilder subject(RawManifest manifest) {
        subject = Optional.of(manifest.descriptor());
        return this;
    }

    public ImageBuilder annotation(String name, String value) {
        annotations.put(name, value);
        return this;
    }

    public SampleImage build() {
        List<SampleBlob> blobs = new ArrayList<>();
        List<RawManifest> manifests = new ArrayList<>();
        List<Map<String, Object>> children = new ArrayList<>();
        for (int i = 0; i < platforms.size(); i++) {
            RawManifest image = image(i, blobs);
            manifests.add(image);
            Map<String, Object> child = ManifestText.descriptor(image.descriptor());
            child.put("platform", ManifestText.platform(platforms.get(i)));
            children.add(child);
        }
        if (index) {
            manifests.add(ManifestText.index(
                    docker ? MediaTypes.DOCKER_LIST : MediaTypes.OCI_INDEX, children, subject, annotations));
        }
        return new SampleImage(blobs, manifests);
    }

    private RawManifest image(int platform, List<SampleBlob> blobs) {
        List<SampleBlob> own = new ArrayList<>();
        for (int number = 0; number < layers; number++) {
            own.add(layer(platform, number));
        }
        SampleBlob config = SampleBlob.of(
                docker ? "application/vnd.docker.container.image.v1+json" : MediaTypes.OCI_CONFIG,
                ManifestText.config(platforms.get(platform), seed, own));
        blobs.add(config);
        blobs.addAll(own);
        List<Descriptor> descriptors =
                new ArrayList<>(own.stream().map(SampleBlob::descriptor).toList());
        if (foreign) {
            descriptors.add(SampleBlob.random(
                            docker
                                    ? "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
                                    : "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
                            layerSize,
                            seedOf(platform, layers))
                    .descriptor());
        }
        return ManifestText.image(
                docker ? MediaTypes.DOCKER_MANIFEST : MediaTypes.OCI_MANIFEST,
                Optional.empty(),
                config.descriptor(),
                descriptors,
                index ? Optional.empty() : subject,
                index ? Map.of() : annotations);
    }

    private SampleBlob layer(int platform, int number) {
        String type = docker ? "application/vnd.docker.image.rootfs.diff.tar.gzip" : MediaTypes.OCI_LAYER_GZIP;
        long own = seedOf(platform, number);
        return real
                ? SampleBlob.of(type, new LayerArchive("sample/layer-" + number, own, layerSize).bytes())
                : SampleBlob.random(type, layerSize, own);
    }

    private long seedOf(int platform, int number) {
        long base = number < sharedLayers ? -1 : seed;
        return (base * 31 + platform) * 1009 + number + layerSize * 7L;
    }
}
