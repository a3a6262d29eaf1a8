// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.ObjectNode;

/// The transit engine of a Vault, as its manual describes it ("Transit secrets engine (API)"), with one key that
/// has two versions.
final class FakeVault implements AutoCloseable {
    static final String TOKEN = "hvs.a-token-that-nobody-may-see";

    private final HttpServer server;
    private final String engine;
    private final String type;
    private final KeyPair first;
    private final KeyPair newest;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private boolean lying;

    FakeVault(String engine, String type, KeyPair newest) throws IOException {
        this.engine = engine;
        this.type = type;
        this.first = TestKeys.pair("EC secp256r1");
        this.newest = newest;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /// Signs with another key than the one that it shows.
    FakeVault lying() {
        lying = true;
        return this;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            Bytes body = Bytes.of(exchange.getRequestBody().readAllBytes());
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            boolean known = TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
            byte[] answer = (known ? answer(exchange, body) : JsonText.write(denied())).array();
            exchange.sendResponseHeaders(known ? 200 : 403, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode denied() {
        ObjectNode json = JsonText.object();
        json.putArray("errors").add("permission denied");
        return json;
    }

    private Bytes answer(HttpExchange exchange, Bytes body) throws GeneralSecurityException {
        String path = exchange.getRequestURI().getPath();
        ObjectNode json = JsonText.object();
        ObjectNode data = json.putObject("data");
        if (path.equals("/v1/" + engine + "/keys/release")) {
            data.put("type", type).put("latest_version", 2);
            ObjectNode keys = data.putObject("keys");
            keys.putObject("1").put("public_key", Keys.pem(first.getPublic()));
            keys.putObject("2").put("public_key", shown());
        } else if (path.startsWith("/v1/" + engine + "/sign/release")) {
            data.put(
                    "signature",
                    "vault:v2:" + signature(Json.read("question", body), path).base64());
        }
        return JsonText.write(json);
    }

    private String shown() {
        byte[] encoded = newest.getPublic().getEncoded();
        return type.equals("ed25519")
                ? Bytes.of(java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length))
                        .base64()
                : Keys.pem(newest.getPublic());
    }

    private Bytes signature(Json question, String path) throws GeneralSecurityException {
        if (question.number("key_version") != 2) {
            throw new GeneralSecurityException("another version was asked for");
        }
        boolean hashed =
                path.endsWith("/sha2-256") && question.node().path("prehashed").asBoolean(false);
        Signature signature = Signature.getInstance(
                switch (type) {
                    case "ed25519" -> "Ed25519";
                    case "ecdsa-p256", "ecdsa-p384" -> "NONEwithECDSA";
                    default -> throw new GeneralSecurityException(type);
                });
        if (hashed == type.equals("ed25519")) {
            throw new GeneralSecurityException("hashed or not, it is the other way round");
        }
        signature.initSign(lying ? first.getPrivate() : newest.getPrivate());
        signature.update(question.bytes("input").array());
        return Bytes.of(signature.sign());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
