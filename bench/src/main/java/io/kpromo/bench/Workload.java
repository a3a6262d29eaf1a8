// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/// The yardstick's images, the same bytes on every machine: each an index of some platforms with three layers and a
/// configuration; the first layer of a platform is shared by all images.
///
/// @param images in order
record Workload(List<Image> images) {
    static final List<String> PLATFORMS = List.of("amd64", "arm64", "s390x", "ppc64le");
    private static final String OCI = "application/vnd.oci.image.";

    /// @param name of the repository below the registry's prefix
    /// @param blobs by digest
    /// @param manifests of the platforms, by digest
    /// @param index the bytes of the root; of an image without platforms its only manifest
    record Image(
            String name, List<String> tags, Map<String, byte[]> blobs, Map<String, byte[]> manifests, String index) {
        String digest() {
            return sha256(index.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// @param images how many
    /// @param layerBytes the size of a layer, nearly
    static Workload of(int images, int layerBytes) {
        List<Image> made = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            made.add(image(i, layerBytes));
        }
        return new Workload(List.copyOf(made));
    }

    /// The yardstick: 8 images of 4 platforms with 3 layers of 500 kB.
    static Workload yardstick() {
        return of(8, 500_000);
    }

    /// Small images without platforms, for measurements that don't move content: what is signed is a digest.
    ///
    /// @param images how many
    /// @param repositories that they are spread over
    static Workload small(int images, int repositories) {
        List<Image> made = new ArrayList<>();
        byte[] layer = gzip(tar("layer", 100, 1));
        for (int i = 0; i < images; i++) {
            byte[] config = """
                    {"architecture":"amd64","os":"linux","config":{"Labels":{"image":"%d"}},\
                    "rootfs":{"type":"layers","diff_ids":[]}}""".formatted(i).getBytes(StandardCharsets.UTF_8);
            String manifest = """
                    {"schemaVersion":2,"mediaType":"%smanifest.v1+json","config":%s,"layers":[%s]}""".formatted(
                            OCI,
                            descriptor(OCI + "config.v1+json", config, ""),
                            descriptor(OCI + "layer.v1.tar+gzip", layer, ""));
            Map<String, byte[]> blobs = Map.of(sha256(layer), layer, sha256(config), config);
            made.add(new Image("image-" + i % repositories, List.of("v" + i), blobs, Map.of(), manifest));
        }
        return new Workload(List.copyOf(made));
    }

    private static Image image(int i, int layerBytes) {
        Map<String, byte[]> blobs = new LinkedHashMap<>();
        Map<String, byte[]> manifests = new LinkedHashMap<>();
        List<String> entries = new ArrayList<>();
        for (int p = 0; p < PLATFORMS.size(); p++) {
            List<String> layers = new ArrayList<>();
            List<String> contents = new ArrayList<>();
            for (int l = 0; l < 3; l++) {
                byte[] tar = tar("layer-" + l, layerBytes, l == 0 ? p : 1000 + 100L * i + 10L * p + l);
                byte[] layer = gzip(tar);
                layers.add(descriptor(OCI + "layer.v1.tar+gzip", layer, ""));
                contents.add('"' + sha256(tar) + '"');
                blobs.put(sha256(layer), layer);
            }
            byte[] config = """
                    {"architecture":"%s","os":"linux","config":{"Labels":{"image":"%d"}},                    "rootfs":{"type":"layers","diff_ids":[%s]}}""".formatted(PLATFORMS.get(p), i, String.join(",", contents))
                    .getBytes(StandardCharsets.UTF_8);
            blobs.put(sha256(config), config);
            byte[] manifest = """
                    {"schemaVersion":2,"mediaType":"%smanifest.v1+json","config":%s,"layers":[%s]}""".formatted(
                            OCI, descriptor(OCI + "config.v1+json", config, ""), String.join(",", layers))
                    .getBytes(StandardCharsets.UTF_8);
            manifests.put(sha256(manifest), manifest);
            String platform = ",\"platform\":{\"architecture\":\"%s\",\"os\":\"linux\"}".formatted(PLATFORMS.get(p));
            entries.add(descriptor(OCI + "manifest.v1+json", manifest, platform));
        }
        String index = """
                {"schemaVersion":2,"mediaType":"%sindex.v1+json","manifests":[%s]}""".formatted(OCI, String.join(",", entries));
        return new Image("image-" + i, List.of("v1.0." + i, "latest"), blobs, manifests, index);
    }

    private static String descriptor(String mediaType, byte[] content, String more) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
                .formatted(mediaType, sha256(content), content.length, more);
    }

    /// A tar file with one file of random bytes: layers have to be real ones for programs that look into them.
    private static byte[] tar(String name, int length, long seed) {
        byte[] tar = new byte[512 + (length + 511) / 512 * 512 + 1024];
        byte[] content = new byte[length];
        new SplittableRandom(seed).nextBytes(content);
        System.arraycopy(content, 0, tar, 512, length);
        put(tar, 0, name);
        put(tar, 100, "0000644\0" + "0000000\0" + "0000000\0" + "%011o\0".formatted(length) + "00000000000\0");
        put(tar, 148, "        0");
        put(tar, 257, "ustar\0" + "00");
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[i] & 0xff;
        }
        put(tar, 148, "%06o\0 ".formatted(sum));
        return tar;
    }

    private static void put(byte[] into, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, into, at, bytes.length);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(content.length + 1024);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed, 64 << 10)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return packed.toByteArray();
    }

    static String sha256(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Every blob and manifest once: what must be read from the source, in bytes.
    long distinctBytes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (Image image : images) {
            image.blobs().forEach((digest, blob) -> sizes.put(digest, blob.length));
            image.manifests().forEach((digest, manifest) -> sizes.put(digest, manifest.length));
            sizes.put(image.digest(), image.index().length());
        }
        return sizes.values().stream().mapToLong(Integer::longValue).sum();
    }

    long distinctBlobs() {
        return images.stream()
                .flatMap(image -> image.blobs().keySet().stream())
                .distinct()
                .count();
    }

    long sourceManifests() {
        return images.stream().mapToLong(image -> image.manifests().size() + 1).sum();
    }

    long tags() {
        return images.stream().mapToLong(image -> image.tags().size()).sum();
    }

    /// The least requests that the protocol allows with `POST` and `PUT` for a blob that travels: each source
    /// content read once; for each mirror a check and a write of every tag, two requests for each distinct blob, a
    /// mount for each further repository that holds it, and the manifests of the platforms.
    long leastRequests(int mirrors) {
        long blobsInRepositories =
                images.stream().mapToLong(image -> image.blobs().size()).sum();
        long platformManifests =
                images.stream().mapToLong(image -> image.manifests().size()).sum();
        long mounts = blobsInRepositories - distinctBlobs();
        return distinctBlobs()
                + sourceManifests()
                + mirrors * (2 * tags() + 2 * distinctBlobs() + mounts + platformManifests);
    }
}
