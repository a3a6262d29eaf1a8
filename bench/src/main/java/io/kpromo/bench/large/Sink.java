// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.large;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A registry that takes everything, looks whether the digest is right, and keeps only digests and manifests.
final class Sink implements HttpHandler {
    private static final int PART = 256 << 10;

    /// An upload in progress; only one request at a time works on it.
    private record Upload(MessageDigest hash, AtomicLong length) {}

    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final Set<String> blobs = ConcurrentHashMap.newKeySet();
    private final Map<String, String> manifests = new ConcurrentHashMap<>();
    private final AtomicLong names = new AtomicLong();

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String last = path.substring(path.lastIndexOf('/') + 1);
            int status = path.equals("/v2/")
                    ? 200
                    : path.contains("/blobs/uploads/")
                            ? upload(exchange, last)
                            : path.contains("/manifests/")
                                    ? manifest(exchange, last)
                                    : blobs.contains(last) ? 200 : 404;
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private int manifest(HttpExchange exchange, String reference) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String digest =
                    "sha256:" + HexFormat.of().formatHex(EndlessLayer.sha256().digest(body));
            manifests.put(reference, digest);
            manifests.put(digest, digest);
            exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
            exchange.getResponseHeaders().set("Location", "/v2/sink/manifests/" + digest);
            return 201;
        }
        String digest = manifests.get(reference);
        if (digest == null) {
            return 404;
        }
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
        return 200;
    }

    private int upload(HttpExchange exchange, String name) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        boolean opens = exchange.getRequestMethod().equals("POST");
        String session = opens ? Long.toString(names.incrementAndGet()) : name;
        Upload upload = uploads.computeIfAbsent(session, _ -> new Upload(EndlessLayer.sha256(), new AtomicLong()));
        long length = upload.length.addAndGet(drain(exchange.getRequestBody(), upload.hash));
        String wanted = query == null || !query.contains("digest=")
                ? ""
                : query.substring(query.indexOf("digest=") + 7).replaceAll("&.*", "");
        if (!wanted.isEmpty() && (!opens || length > 0)) {
            uploads.remove(session);
            return commit(exchange, upload, wanted);
        }
        exchange.getResponseHeaders().set("Location", "/v2/sink/blobs/uploads/" + session);
        exchange.getResponseHeaders().set("Range", "0-" + Math.max(0, length - 1));
        return 202;
    }

    private int commit(HttpExchange exchange, Upload upload, String wanted) {
        String found = "sha256:" + HexFormat.of().formatHex(upload.hash.digest());
        if (!found.equals(wanted)) {
            return 400;
        }
        blobs.add(found);
        exchange.getResponseHeaders().set("Docker-Content-Digest", found);
        exchange.getResponseHeaders().set("Location", "/v2/sink/blobs/" + found);
        return 201;
    }

    private static long drain(InputStream body, MessageDigest hash) throws IOException {
        byte[] part = new byte[PART];
        long length = 0;
        int read;
        while ((read = body.read(part)) >= 0) {
            hash.update(part, 0, read);
            length += read;
        }
        return length;
    }
}
