// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.sample;

import io.kpromo.oci.RawManifest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Fills a registry by HTTP, with nothing of this project's client, so that tests of that client have a second opinion.
final class Push implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI registry;
    private final String repository;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    Push(URI registry, String repository) {
        this.registry = registry;
        this.repository = repository;
    }

    void blob(SampleBlob blob) throws IOException, InterruptedException {
        URI uploads = registry.resolve("/v2/" + repository + "/blobs/uploads/");
        HttpResponse<String> opened = send("POST", uploads, BodyPublishers.noBody(), "", 202);
        URI location = uploads.resolve(opened.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException(uploads + " gave no Location")));
        String separator = location.getRawQuery() == null ? "?" : "&";
        URI target = URI.create(location + separator + "digest=" + blob.digest());
        send(
                "PUT",
                target,
                blob.size() == 0
                        ? BodyPublishers.noBody()
                        : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(blob::open), blob.size()),
                "application/octet-stream",
                201);
    }

    void manifest(RawManifest manifest, String reference) throws IOException, InterruptedException {
        URI target = registry.resolve("/v2/" + repository + "/manifests/" + reference);
        send("PUT", target, BodyPublishers.ofByteArray(manifest.bytes()), manifest.mediaType(), 201);
    }

    private HttpResponse<String> send(String method, URI target, BodyPublisher body, String type, int wanted)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(PATIENCE).method(method, body);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != wanted) {
            throw new IOException(method + " " + target + ": " + response.statusCode() + " " + response.body());
        }
        return response;
    }

    @Override
    public void close() {
        http.close();
    }
}
