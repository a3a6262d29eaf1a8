// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Digest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Transport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Manifests that a test puts down, as a registry would give them, in memory. It counts how often each is asked
/// for.
final class Shelf implements Transport {
    private final Map<String, RawManifest> manifests = new ConcurrentHashMap<>();
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();

    /// An image without layers; its name makes it differ from others.
    Digest image(Repository in, String name) {
        String config = "{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"size\":2,\"digest\":\""
                + Digest.sha256("{}".getBytes(StandardCharsets.UTF_8)) + "\"}";
        return put(
                in,
                MediaTypes.OCI_MANIFEST,
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":" + config
                        + ",\"layers\":[],\"annotations\":{\"name\":\"" + name + "\"}}");
    }

    Digest index(Repository in, String name, Digest... children) {
        return index(in, name, List.of(children));
    }

    Digest index(Repository in, String name, List<Digest> children) {
        String entries = children.stream()
                .map(child ->
                        "{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"size\":1,\"digest\":\"" + child + "\"}")
                .collect(Collectors.joining(","));
        return put(
                in,
                MediaTypes.OCI_INDEX,
                "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[" + entries
                        + "],\"annotations\":{\"name\":\"" + name + "\"}}");
    }

    private Digest put(Repository in, String mediaType, String json) {
        RawManifest manifest = RawManifest.of(mediaType, json.getBytes(StandardCharsets.UTF_8));
        manifests.put(target(in, manifest.digest()), manifest);
        return manifest.digest();
    }

    void remove(Repository in, Digest digest) {
        manifests.remove(target(in, digest));
    }

    /// How often this manifest was asked for.
    int requests(Repository in, Digest digest) {
        return requests.getOrDefault(target(in, digest), 0);
    }

    /// How often any was.
    int requests() {
        return requests.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String target(Repository in, Digest digest) {
        return in.host() + "/v2/" + in.path() + "/manifests/" + digest;
    }

    @Override
    public <T> T send(Call<T> call) throws InterruptedException {
        String target = call.request().registry() + call.request().target().toString();
        requests.merge(target, 1, Integer::sum);
        try {
            return call.read(
                    Optional.ofNullable(manifests.get(target)).map(Given::of).orElse(Given.MISSING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {}

    private record Given(int status, Map<String, String> fields, InputStream body) implements Response {
        private static final Given MISSING = new Given(404, Map.of(), InputStream.nullInputStream());

        static Given of(RawManifest manifest) {
            return new Given(
                    200, Map.of("content-type", manifest.mediaType()), new ByteArrayInputStream(manifest.bytes()));
        }

        @Override
        public Optional<String> header(String name) {
            return headers(name).stream().findFirst();
        }

        @Override
        public List<String> headers(String name) {
            return fields.entrySet().stream()
                    .filter(field -> field.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }
}
