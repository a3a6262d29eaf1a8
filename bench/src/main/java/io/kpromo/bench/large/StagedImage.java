// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.large;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A staging registry with one image in it, under any repository and any tag: a configuration and one large layer.
final class StagedImage implements HttpHandler {
    private static final String OCI = "application/vnd.oci.image.";

    private final EndlessLayer layer;
    private final String layerDigest;
    private final byte[] config = "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8);
    private final byte[] manifest;

    StagedImage(EndlessLayer layer) {
        this.layer = layer;
        this.layerDigest = layer.digest();
        this.manifest = """
                {"schemaVersion":2,"mediaType":"%smanifest.v1+json",                "config":{"mediaType":"%sconfig.v1+json","digest":"%s","size":%d},                "layers":[{"mediaType":"%slayer.v1.tar+gzip","digest":"%s","size":%d}]}""".formatted(OCI, OCI, digest(config), config.length, OCI, layerDigest, layer.length())
                .getBytes(StandardCharsets.UTF_8);
    }

    String digest() {
        return digest(manifest);
    }

    private static String digest(byte[] bytes) {
        return "sha256:" + HexFormat.of().formatHex(EndlessLayer.sha256().digest(bytes));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/v2/")) {
                exchange.sendResponseHeaders(200, -1);
            } else if (path.contains("/manifests/")) {
                exchange.getResponseHeaders().set("Docker-Content-Digest", digest());
                answer(exchange, OCI + "manifest.v1+json", manifest);
            } else if (path.endsWith(digest(config))) {
                answer(exchange, "application/octet-stream", config);
            } else if (path.endsWith(layerDigest)) {
                answerLayer(exchange);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static void answer(HttpExchange exchange, String mediaType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void answerLayer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(layer.length()));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        long from = firstByte(exchange);
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(from, layer.length() - 1, layer.length()));
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, layer.length() - from);
        try (OutputStream body = exchange.getResponseBody()) {
            layer.write(from, body);
        }
    }

    private static long firstByte(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Long.parseLong(range.substring("bytes=".length(), range.indexOf('-')));
    }
}
