// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A service on this machine that holds a key. What it says is for those who extend it.
public abstract class FakeKms implements AutoCloseable {
    protected static final JsonMapper JSON = JsonMapper.builder().build();
    /// DigestInfo of PKCS #1 for SHA-256, without the digest.
    private static final byte[] SHA256_INFO = {
        0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, (byte) 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20
    };

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    public final KeyPair pair;

    public record Answer(int status, ObjectNode body) {}

    /// @param kind EC with its curve, RSA or Ed25519
    protected FakeKms(String kind) throws IOException {
        this(TestKeys.pair(kind));
    }

    protected FakeKms(KeyPair pair) throws IOException {
        this.pair = pair;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public String address() {
        return "http://" + host();
    }

    /// What each request was for.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /// @return what the request was for
    protected abstract String name(HttpExchange exchange);

    protected abstract Answer answer(HttpExchange exchange, byte[] body, JsonNode question)
            throws GeneralSecurityException;

    private void answer(HttpExchange exchange) {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            asked.add(name(exchange));
            Answer answer = answer(exchange, body, body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body));
            byte[] bytes = JSON.writeValueAsBytes(answer.body());
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param sent a hash (with RSA of SHA-256), or with Ed25519 the message
    protected byte[] signature(byte[] sent) throws GeneralSecurityException {
        return signature(pair, sent);
    }

    protected static byte[] signature(KeyPair pair, byte[] sent) throws GeneralSecurityException {
        String algorithm = pair.getPrivate().getAlgorithm();
        boolean rsa = algorithm.equals("RSA");
        Signature signature =
                Signature.getInstance(rsa ? "NONEwithRSA" : algorithm.equals("EC") ? "NONEwithECDSA" : "Ed25519");
        signature.initSign(pair.getPrivate());
        if (rsa) {
            signature.update(SHA256_INFO);
        }
        signature.update(Arrays.copyOf(sent, sent.length));
        return signature.sign();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
