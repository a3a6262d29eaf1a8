// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.size;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.RawManifest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ImageSizeTest {
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private final Map<Digest, Manifest> known = new HashMap<>();

    @Test
    void anImageIsItsConfigAndItsDistinctLayers() {
        Digest image = image(blob("config", 7), blob("one", 100), blob("two", 1000), blob("one", 100));
        assertThat(size(image)).isEqualTo(new ImageSize(1107, true));
    }

    @Test
    void anIndexIsAllItsPlatformsWithSharedLayersCountedOnce() {
        Digest amd = image(blob("config a", 7), blob("base", 100), blob("a", 1000));
        Digest arm = image(blob("config b", 8), blob("base", 100), blob("b", 2000));
        assertThat(size(index(amd, arm, amd))).isEqualTo(new ImageSize(3115, true));
        assertThat(size(index(index(amd), arm))).isEqualTo(new ImageSize(3115, true));
    }

    @Test
    void whatIsNotKnownMakesTheSizeIncomplete() {
        Digest amd = image(blob("config a", 7), blob("a", 1000));
        assertThat(size(index(amd, digest("elsewhere")))).isEqualTo(new ImageSize(1007, false));
    }

    @Test
    void schema1TellsNoSizes() {
        String body = "{\"schemaVersion\":1,\"fsLayers\":[{\"blobSum\":\"" + digest("x") + "\"}]}";
        Digest digest = add("application/vnd.docker.distribution.manifest.v1+json", body);
        assertThat(size(digest)).isEqualTo(new ImageSize(0, false));
    }

    @Test
    void hugeSizesDoNotAddUpToSmallOnes() {
        Digest image = image(blob("config", 1), blob("one", Long.MAX_VALUE), blob("two", Long.MAX_VALUE));
        assertThat(size(image).bytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(size(image).exceeds(1)).isTrue();
    }

    @Test
    void aLimitIsInMebibytesAndNoneIsNone() {
        ImageSize size = new ImageSize(1 << 20, true);
        assertThat(size.exceeds(1)).isFalse();
        assertThat(new ImageSize((1 << 20) + 1, true).exceeds(1)).isTrue();
        assertThat(size.exceeds(0)).isFalse();
        assertThat(size.exceeds(-1)).isFalse();
        assertThat(size.exceeds(Long.MAX_VALUE)).isFalse();
    }

    private ImageSize size(Digest digest) {
        return ImageSize.of(digest, d -> Optional.ofNullable(known.get(d)));
    }

    private Digest image(Descriptor config, Descriptor... layers) {
        StringBuilder list = new StringBuilder();
        for (Descriptor layer : layers) {
            list.append(list.isEmpty() ? "" : ",").append(json(layer));
        }
        return add(IMAGE, "{\"schemaVersion\":2,\"config\":" + json(config) + ",\"layers\":[" + list + "]}");
    }

    private Digest index(Digest... children) {
        StringBuilder list = new StringBuilder();
        for (Digest child : children) {
            list.append(list.isEmpty() ? "" : ",").append(json(new Descriptor(IMAGE, child, 5)));
        }
        return add(INDEX, "{\"schemaVersion\":2,\"manifests\":[" + list + "]}");
    }

    private Digest add(String mediaType, String body) {
        RawManifest raw = RawManifest.of(mediaType, body.getBytes(StandardCharsets.UTF_8));
        known.put(raw.digest(), Manifest.parse(raw));
        return raw.digest();
    }

    private static String json(Descriptor descriptor) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
                .formatted(descriptor.mediaType(), descriptor.digest(), descriptor.size());
    }

    private static Descriptor blob(String name, long size) {
        return new Descriptor("application/vnd.oci.image.layer.v1.tar+gzip", digest(name), size);
    }

    private static Digest digest(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }
}
