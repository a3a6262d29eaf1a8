// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import com.sun.net.httpserver.HttpExchange;
import io.kpromo.trust.Bytes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The transit engine of a Vault, as its manual describes it ("Transit secrets engine (API)"), with one key that
/// has two versions.
public final class FakeVault extends FakeKms {
    public static final String TOKEN = "hvs.a-token-that-nobody-may-see";

    private final String engine;
    private final String type;
    private final KeyPair first = TestKeys.pair("EC secp256r1");
    private final List<String> namespaces = new CopyOnWriteArrayList<>();
    private boolean lying;

    public FakeVault(String engine, String type, KeyPair newest) throws IOException {
        super(newest);
        this.engine = engine;
        this.type = type;
    }

    /// One with a key of the usual kind, where it usually is.
    public static FakeVault usual() throws IOException {
        return new FakeVault("transit", "ecdsa-p256", TestKeys.pair("EC secp256r1"));
    }

    /// Signs with another key than the one that it shows.
    FakeVault lying() {
        lying = true;
        return this;
    }

    /// Those that were named in requests.
    List<String> namespaces() {
        return List.copyOf(namespaces);
    }

    @Override
    protected String name(HttpExchange exchange) {
        return exchange.getRequestMethod() + " " + exchange.getRequestURI();
    }

    @Override
    protected Answer answer(HttpExchange exchange, byte[] body, JsonNode question) throws GeneralSecurityException {
        ObjectNode json = JSON.createObjectNode();
        namespaces.addAll(exchange.getRequestHeaders().getOrDefault("X-Vault-Namespace", List.of()));
        if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
            json.putArray("errors").add("permission denied");
            return new Answer(403, json);
        }
        String path = exchange.getRequestURI().getPath();
        ObjectNode data = json.putObject("data");
        if (path.equals("/v1/" + engine + "/keys/release")) {
            data.put("type", type).put("latest_version", 2);
            ObjectNode keys = data.putObject("keys");
            keys.putObject("1").put("public_key", Keys.pem(first.getPublic()));
            keys.putObject("2").put("public_key", shown());
        } else if (path.startsWith("/v1/" + engine + "/sign/release")) {
            data.put("signature", "vault:v2:" + Bytes.of(signed(question, path)).base64());
        }
        return new Answer(200, json);
    }

    private String shown() {
        byte[] encoded = pair.getPublic().getEncoded();
        return type.equals("ed25519")
                ? Bytes.of(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length))
                        .base64()
                : Keys.pem(pair.getPublic());
    }

    private byte[] signed(JsonNode question, String path) throws GeneralSecurityException {
        if (question.path("key_version").asInt(0) != 2) {
            throw new GeneralSecurityException("another version was asked for");
        }
        boolean hashed =
                path.endsWith("/sha2-256") && question.path("prehashed").asBoolean(false);
        if (hashed == type.equals("ed25519")) {
            throw new GeneralSecurityException("hashed or not, it is the other way round");
        }
        byte[] sent = Bytes.ofBase64(question.path("input").asString("")).array();
        return signature(lying ? first : pair, sent);
    }
}
