// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.Digest;
import io.kpromo.oci.RawManifest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The JDK's HTTP client with a registry's address before it, and nothing of the registry's own code.
final class Client implements AutoCloseable {
    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    Client(Registry registry) {
        this.base = registry.url();
    }

    HttpResponse<byte[]> send(String method, String target, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(target))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.length == 0 && !method.equals("PUT") && !method.equals("POST")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> send(String method, String target) throws IOException, InterruptedException {
        return send(method, target, new byte[0]);
    }

    HttpResponse<byte[]> get(String target, String... headers) throws IOException, InterruptedException {
        return send("GET", target, new byte[0], headers);
    }

    String text(String target) throws IOException, InterruptedException {
        return new String(get(target).body(), StandardCharsets.UTF_8);
    }

    /// By `POST`, then `PUT`.
    HttpResponse<byte[]> upload(String repository, byte[] blob) throws IOException, InterruptedException {
        String location = location(send("POST", "/v2/" + repository + "/blobs/uploads/"));
        return send("PUT", location + "?digest=" + Digest.sha256(blob), blob);
    }

    HttpResponse<byte[]> put(String repository, String reference, RawManifest manifest)
            throws IOException, InterruptedException {
        return send(
                "PUT",
                "/v2/" + repository + "/manifests/" + reference,
                manifest.bytes(),
                "Content-Type",
                manifest.mediaType());
    }

    static String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    static String body(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
