// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.cert.X509CertificateHolder;
import tools.jackson.databind.node.ObjectNode;

/// An OpenID Connect issuer for everybody, and a log of certificates that promises all and keeps nothing.
final class SampleIssuer implements AutoCloseable {
    private static final ASN1ObjectIdentifier POISON = new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.3");
    private static final int EXTENSIONS = 3;

    private final HttpServer server;
    private final KeyPair tokens = p256();
    private final KeyPair log = p256();

    private SampleIssuer(HttpServer server) {
        this.server = server;
    }

    static SampleIssuer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SampleIssuer issuer = new SampleIssuer(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, issuer.discovery()));
        server.createContext("/keys", exchange -> answer(exchange, issuer.keys()));
        server.createContext("/ct/v1/add-pre-chain", issuer::promise);
        server.start();
        return issuer;
    }

    static KeyPair p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    PublicKey logKey() {
        return log.getPublic();
    }

    /// An ID token for Sigstore, valid for ten minutes.
    String token(String email) {
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = JsonText.object()
                .put("iss", url())
                .put("sub", email)
                .put("aud", "sigstore")
                .put("iat", now)
                .put("exp", now + 600)
                .put("email", email)
                .put("email_verified", true);
        ObjectNode head = JsonText.object().put("alg", "ES256").put("kid", "1").put("typ", "JWT");
        String signed = base64(JsonText.write(head).array()) + "."
                + base64(JsonText.write(claims).array());
        return signed + "."
                + base64(sign("SHA256withECDSAinP1363Format", tokens, signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sign(String algorithm, KeyPair keys, byte[] message) {
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(keys.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private ObjectNode discovery() {
        ObjectNode answer = JsonText.object().put("issuer", url()).put("jwks_uri", url() + "/keys");
        answer.putArray("id_token_signing_alg_values_supported").add("ES256");
        return answer;
    }

    private ObjectNode keys() {
        ECPublicKey key = (ECPublicKey) tokens.getPublic();
        ObjectNode answer = JsonText.object();
        answer.putArray("keys")
                .addObject()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("alg", "ES256")
                .put("use", "sig")
                .put("kid", "1")
                .put("x", base64(number(key.getW().getAffineX())))
                .put("y", base64(number(key.getW().getAffineY())));
        return answer;
    }

    private static byte[] number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[32];
        int from = Math.max(0, bytes.length - 32);
        System.arraycopy(bytes, from, fixed, 32 - (bytes.length - from), bytes.length - from);
        return fixed;
    }

    private static void answer(HttpExchange exchange, ObjectNode json) throws IOException {
        try (exchange) {
            byte[] body = JsonText.write(json).array();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /// RFC 6962, section 3.2.
    private void promise(HttpExchange exchange) throws IOException {
        Json asked = Json.read("request", Bytes.of(exchange.getRequestBody().readAllBytes()));
        byte[] certificate = asked.list("chain", 10).get(0).asBytes().array();
        byte[] issuer = asked.list("chain", 10).get(1).asBytes().array();
        long now = System.currentTimeMillis();
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.write(new byte[] {0, 0});
        signed.write(ByteBuffer.allocate(8).putLong(now).array());
        signed.write(new byte[] {0, 1});
        signed.write(sha256(
                new X509CertificateHolder(issuer).getSubjectPublicKeyInfo().getEncoded()));
        byte[] body = withoutPoison(certificate);
        signed.write(ByteBuffer.allocate(4).putInt(body.length).array(), 1, 3);
        signed.write(body);
        signed.write(new byte[] {0, 0});
        byte[] signature = sign("SHA256withECDSA", log, signed.toByteArray());
        byte[] algorithm = ByteBuffer.allocate(4 + signature.length)
                .put(new byte[] {4, 3})
                .putShort((short) signature.length)
                .put(signature)
                .array();
        answer(
                exchange,
                JsonText.object()
                        .put("sct_version", 0)
                        .put("id", Bytes.of(logId()).base64())
                        .put("timestamp", now)
                        .put("extensions", "")
                        .put("signature", Bytes.of(algorithm).base64()));
    }

    byte[] logId() {
        return sha256(log.getPublic().getEncoded());
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] withoutPoison(byte[] certificate) throws IOException {
        ASN1EncodableVector body = new ASN1EncodableVector();
        for (ASN1Encodable part :
                ASN1Sequence.getInstance(ASN1Sequence.getInstance(certificate).getObjectAt(0))) {
            if (part instanceof ASN1TaggedObject tagged && tagged.getTagNo() == EXTENSIONS) {
                ASN1EncodableVector extensions = new ASN1EncodableVector();
                for (ASN1Encodable extension : ASN1Sequence.getInstance(tagged, true)) {
                    if (!ASN1Sequence.getInstance(extension).getObjectAt(0).equals(POISON)) {
                        extensions.add(extension);
                    }
                }
                body.add(new DERTaggedObject(true, EXTENSIONS, new DERSequence(extensions)));
            } else {
                body.add(part);
            }
        }
        return new DERSequence(body).getEncoded();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
