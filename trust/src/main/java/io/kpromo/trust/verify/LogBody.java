// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.bundle.LogEntry;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.sigstore.Certificates;
import io.kpromo.trust.statement.Envelope;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// What a log entry says: which content was signed, by which key, with which signature. Each kind says it in its
/// own words; Rekor's `pkg/types` and rekor-tiles' `entry.proto` describe them.
final class LogBody {
    private static final int MOST = 32;

    private final Signed signed;
    private final Json spec;

    private LogBody(Signed signed, Json spec) {
        this.signed = signed;
        this.spec = spec;
    }

    /// @throws TrustException where the entry is malformed, of a kind that isn't known, or about anything else
    static void requireAbout(Signed signed, LogEntry entry) {
        Json body = Json.read("log entry", entry.canonicalizedBody());
        String kind = body.text("kind") + " " + body.text("apiVersion");
        if (!kind.equals(entry.kind() + " " + entry.version())) {
            throw new TrustException("its log entry is of kind " + kind + ", not " + entry.kind() + " "
                    + entry.version() + " as the bundle says");
        }
        LogBody log = new LogBody(signed, body.object("spec"));
        switch (kind) {
            case "hashedrekord 0.0.1" -> log.hashedRekord1();
            case "hashedrekord 0.0.2" -> log.hashedRekord2();
            case "dsse 0.0.1" -> log.dsse1();
            case "dsse 0.0.2" -> log.dsse2();
            case "intoto 0.0.1" -> log.intoto1();
            case "intoto 0.0.2" -> log.intoto2();
            default -> throw new TrustException("its log entry is of a kind that can't be checked: " + kind);
        }
    }

    private void hashedRekord1() {
        requireHexHash(spec.object("data").object("hash"), signed.message(), "what is signed");
        Json signature = spec.object("signature");
        requireSignature(signature.bytes("content"));
        requirePem(signature.object("publicKey").bytes("content"));
    }

    private void hashedRekord2() {
        Json record = spec.object("hashedRekordV002");
        requireHash(record.object("data"), signed.message());
        Json signature = record.object("signature");
        requireSignature(signature.bytes("content"));
        requireVerifier(signature.object("verifier"));
    }

    private void dsse1() {
        requireHexHash(spec.object("payloadHash"), envelope().payload(), "the envelope's payload");
        Json signature = only(spec.list("signatures", MOST));
        requireSignature(signature.bytes("signature"));
        requirePem(signature.bytes("verifier"));
    }

    private void dsse2() {
        Json entry = spec.object("dsseV002");
        requireHash(entry.object("payloadHash"), envelope().payload());
        Json signature = only(entry.list("signatures", MOST));
        requireSignature(signature.bytes("content"));
        requireVerifier(signature.object("verifier"));
    }

    /// Holds no signature, but the hash of the envelope with it, as programs in Go write envelopes.
    private void intoto1() {
        Envelope envelope = envelope();
        Envelope.Signature signature = envelope.signatures().getFirst();
        String json = "{\"payloadType\":\"" + envelope.payloadType() + "\",\"payload\":\""
                + envelope.payload().base64() + "\",\"signatures\":[{\"keyid\":\"" + signature.keyId()
                + "\",\"sig\":\"" + signature.bytes().base64() + "\"}]}";
        requireHexHash(spec.object("content").object("hash"), Bytes.of(json), "the envelope");
        requirePem(spec.bytes("publicKey"));
    }

    /// Its signature and key are in base64 twice.
    private void intoto2() {
        Json content = spec.object("content");
        requireHexHash(content.object("payloadHash"), envelope().payload(), "the envelope's payload");
        Json signature = only(content.object("envelope").list("signatures", MOST));
        try {
            requireSignature(Bytes.ofBase64(signature.bytes("sig").text()));
        } catch (IllegalArgumentException e) {
            throw signature.wrong("has a sig that is not base64 of base64");
        }
        requirePem(signature.bytes("publicKey"));
    }

    private Envelope envelope() {
        return signed.envelope()
                .orElseThrow(() -> new TrustException("its log entry is about an envelope, and this is none"));
    }

    private static Json only(List<Json> signatures) {
        if (signatures.size() != 1) {
            throw new TrustException("its log entry has " + signatures.size() + " signatures, not one");
        }
        return signatures.getFirst();
    }

    private void requireSignature(Bytes found) {
        if (!found.equals(signed.signature())) {
            throw new TrustException("its log entry is about another signature");
        }
    }

    private static void requireHexHash(Json hash, Bytes content, String what) {
        String name = hash.text("algorithm").toLowerCase(Locale.ROOT);
        String wanted = HexFormat.of().formatHex(digest(name.replace("sha", "SHA-"), content));
        if (!wanted.equals(hash.text("value"))) {
            throw new TrustException("its log entry is about other content: the hash is not that of " + what);
        }
    }

    private static void requireHash(Json hash, Bytes content) {
        String name = hash.text("algorithm");
        if (!Bytes.of(digest(name.replace("SHA2_", "SHA-"), content)).equals(hash.bytes("digest"))) {
            throw new TrustException("its log entry is about other content: the hash is not that of what is signed");
        }
    }

    private static byte[] digest(String algorithm, Bytes content) {
        if (!List.of("SHA-256", "SHA-384", "SHA-512").contains(algorithm)) {
            throw new TrustException("its log entry uses a hash that can't be checked");
        }
        try {
            return MessageDigest.getInstance(algorithm).digest(content.array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has these
        }
    }

    private void requireVerifier(Json verifier) {
        boolean its = verifier.optionalObject("x509Certificate").isPresent()
                ? verifier.object("x509Certificate").bytes("rawBytes").equals(Certificates.der(signed.certificate()))
                : verifier.object("publicKey").bytes("rawBytes").equals(publicKey());
        requireKey(its);
    }

    private void requirePem(Bytes pem) {
        List<X509Certificate> certificates = Certificates.parsePem(pem.text());
        boolean its = certificates.isEmpty()
                ? pem.text()
                        .replaceAll("-----[A-Z ]+-----|\\s", "")
                        .equals(publicKey().base64())
                : certificates.getFirst().equals(signed.certificate());
        requireKey(its);
    }

    private Bytes publicKey() {
        return Bytes.of(signed.certificate().getPublicKey().getEncoded());
    }

    private static void requireKey(boolean its) {
        if (!its) {
            throw new TrustException("its log entry is about the signature of another certificate or key");
        }
    }
}
