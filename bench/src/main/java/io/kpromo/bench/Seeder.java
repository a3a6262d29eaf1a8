// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// Puts a workload into a registry, and looks whether one has arrived, with as little as that needs: none of the code
/// under measurement. Distribution-spec 1.1, "Push".
final class Seeder implements AutoCloseable {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// @param registry for example `http://127.0.0.1:5000`
    /// @param prefix the path above the images' names
    void push(Workload workload, String registry, String prefix) throws IOException, InterruptedException {
        for (Workload.Image image : workload.images()) {
            String repository = registry + "/v2/" + prefix + "/" + image.name();
            for (Map.Entry<String, byte[]> blob : image.blobs().entrySet()) {
                upload(repository, blob.getKey(), blob.getValue());
            }
            for (Map.Entry<String, byte[]> manifest : image.manifests().entrySet()) {
                put(URI.create(repository + "/manifests/" + manifest.getKey()), MANIFEST, manifest.getValue());
            }
            for (String tag : image.tags()) {
                byte[] index = image.index().getBytes(StandardCharsets.UTF_8);
                put(
                        URI.create(repository + "/manifests/" + tag),
                        image.manifests().isEmpty() ? MANIFEST : INDEX,
                        index);
            }
        }
    }

    /// How many tags of the workload point to what they should.
    long tagsInPlace(Workload workload, String registry, String prefix) throws IOException, InterruptedException {
        long right = 0;
        for (Workload.Image image : workload.images()) {
            for (String tag : image.tags()) {
                URI uri = URI.create(registry + "/v2/" + prefix + "/" + image.name() + "/manifests/" + tag);
                HttpResponse<Void> answer = client.send(
                        request(uri)
                                .HEAD()
                                .header("Accept", INDEX + ", " + MANIFEST)
                                .build(),
                        BodyHandlers.discarding());
                if (answer.headers()
                        .firstValue("Docker-Content-Digest")
                        .filter(image.digest()::equals)
                        .isPresent()) {
                    right++;
                }
            }
        }
        return right;
    }

    private void upload(String repository, String digest, byte[] blob) throws IOException, InterruptedException {
        URI uploads = URI.create(repository + "/blobs/uploads/");
        HttpResponse<String> opened =
                client.send(request(uploads).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        String location = opened.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("no upload at " + uploads + ": " + opened.body()));
        String session = uploads.resolve(location).toString();
        URI commit = URI.create(session + (session.contains("?") ? "&" : "?") + "digest=" + digest);
        put(commit, "application/octet-stream", blob);
    }

    private void put(URI uri, String contentType, byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                request(uri)
                        .header("Content-Type", contentType)
                        .PUT(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException("PUT " + uri + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        client.close();
    }
}
