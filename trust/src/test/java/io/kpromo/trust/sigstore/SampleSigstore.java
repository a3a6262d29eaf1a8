// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.Identity;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.bundle.LogEntry;
import io.kpromo.trust.bundle.Material;
import io.kpromo.trust.statement.Envelope;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.store.SignedPayload;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A Sigstore of a test's own, within this process: a certificate authority, logs of certificates and signatures, a
/// timestamp authority, and the root that names them. Signs as anybody.
///
/// ```java
/// SampleSigstore sigstore = SampleSigstore.withRekor(2);
/// Bundle bundle = sigstore.bundle(statement, new Identity.Certificate("release@example.org", "https://id.example"));
/// Verdict verdict = CertificateVerifier.of(sigstore.root()).verify(bundle);
/// ```
public final class SampleSigstore {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration AGE = Duration.ofDays(30);

    private final int rekor;
    private final boolean certificateLog;
    private final InstantSource clock;
    private Duration passed = Duration.ZERO;
    final SampleCertificates certificates;
    final SampleLog log;
    final SampleTimestamps timestamps;

    private SampleSigstore(int rekor, boolean certificateLog, InstantSource clock) {
        this.rekor = rekor;
        this.certificateLog = certificateLog;
        this.clock = clock;
        this.certificates = new SampleCertificates(now().minus(AGE));
        this.log = new SampleLog(rekor);
        this.timestamps = new SampleTimestamps(now().minus(AGE));
    }

    /// One whose clock stands still, until it is told that time [passes][#pass(Duration)].
    ///
    /// @param version 1 or 2
    public static SampleSigstore withRekor(int version) {
        return new SampleSigstore(version, true, InstantSource.fixed(Instant.now()));
    }

    /// One whose clock runs, for those who go by the same: the servers of others.
    public static SampleSigstore withRunningClock(int rekor) {
        return new SampleSigstore(rekor, true, InstantSource.system());
    }

    /// One whose root names no log of certificates.
    public static SampleSigstore withoutCertificateLog(int rekor) {
        return new SampleSigstore(rekor, false, InstantSource.fixed(Instant.now()));
    }

    public void pass(Duration time) {
        passed = passed.plus(time);
    }

    public Instant now() {
        return clock.instant().plus(passed).truncatedTo(ChronoUnit.SECONDS);
    }

    int rekor() {
        return rekor;
    }

    /// How many signatures were logged since the beginning.
    public int logged() {
        return log.size() - 5;
    }

    public TrustedRoot root() {
        return TrustedRoot.parse(trustedRoot(), "the sample's trusted root");
    }

    /// The certificates of the authority, root last, DER.
    public List<Bytes> chain() {
        return certificates.chain().stream().map(Certificates::der).toList();
    }

    /// `trusted_root.json`.
    public Bytes trustedRoot() {
        ObjectNode root = JSON.createObjectNode();
        root.put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1");
        addLog(root.putArray("tlogs"), "https://" + SampleLog.ORIGIN, log.keys, log.id());
        if (certificateLog) {
            KeyPair keys = certificates.log;
            Bytes id = SampleCertificates.sha256(keys.getPublic().getEncoded());
            addLog(root.putArray("ctlogs"), "https://ct.sample.test", keys, id);
        }
        addAuthority(root.putArray("certificateAuthorities"), "https://fulcio.sample.test", certificates.chain());
        addAuthority(root.putArray("timestampAuthorities"), "https://tsa.sample.test", timestamps.chain());
        return Bytes.of(JSON.writeValueAsBytes(root));
    }

    private void addLog(ArrayNode logs, String url, KeyPair keys, Bytes id) {
        ObjectNode entry = logs.addObject().put("baseUrl", url).put("hashAlgorithm", "SHA2_256");
        ObjectNode key = entry.putObject("publicKey");
        key.put("rawBytes", Bytes.of(keys.getPublic().getEncoded()).base64());
        key.put(
                "keyDetails",
                keys.getPublic().getAlgorithm().equals("EC") ? "PKIX_ECDSA_P256_SHA_256" : "PKIX_ED25519");
        key.putObject("validFor").put("start", start());
        entry.putObject("logId").put("keyId", id.base64());
    }

    private void addAuthority(ArrayNode authorities, String url, List<X509Certificate> chain) {
        ObjectNode authority = authorities.addObject().put("uri", url);
        ArrayNode certificatesOf = authority.putObject("certChain").putArray("certificates");
        chain.forEach(certificate -> certificatesOf
                .addObject()
                .put("rawBytes", Certificates.der(certificate).base64()));
        authority.putObject("validFor").put("start", start());
    }

    private String start() {
        return now().minus(AGE).toString();
    }

    /// A key with a certificate, for ten minutes from now.
    ///
    /// @param who a subject with a scheme is a URI, one with an `@` an e-mail address, one with an `!` another name
    public Signer signer(Identity.Certificate who) {
        return signer(SampleCertificates.Wish.of(who, now()));
    }

    Signer signer(SampleCertificates.Wish wish) {
        KeyPair keys = SampleKeys.p256();
        return new Signer(keys, certificates.issue(keys, wish));
    }

    /// Somebody who can sign.
    public record Signer(KeyPair keys, X509Certificate certificate) {
        Bytes sign(Bytes message) {
            return Bytes.of(SampleKeys.sign(keys.getPrivate(), message.array()));
        }
    }

    /// A bundle about a statement, with a log entry and a timestamp.
    public Bundle bundle(Bytes statement, Identity.Certificate who) {
        return bundle(statement, signer(who));
    }

    /// Signed and logged now.
    public Bundle bundle(Bytes statement, Signer signer) {
        Bytes signature = signer.sign(Envelope.preAuthentication(Statement.PAYLOAD_TYPE, statement));
        Envelope envelope =
                new Envelope(Statement.PAYLOAD_TYPE, statement, List.of(new Envelope.Signature("", signature)));
        return new Bundle(
                new Material.Certificates(List.of(Certificates.der(signer.certificate()))),
                List.of(logged(envelope, signer.certificate())),
                List.of(timestamps.over(signature, now())),
                envelope);
    }

    /// A timestamp of now.
    ///
    /// @param withCertificates whether the authority's certificates are in it
    public Bytes timestamp(Bytes signature, boolean withCertificates) {
        return timestamps.over(signature, now(), withCertificates);
    }

    LogEntry logged(Envelope envelope, X509Certificate certificate) {
        Bytes signature = envelope.signatures().getFirst().bytes();
        return rekor == 1
                ? logged("dsse", "0.0.1", SampleBodies.dsse1(envelope, certificate))
                : logged("hashedrekord", "0.0.2", SampleBodies.record2(envelope.signedBytes(), signature, certificate));
    }

    LogEntry logged(String kind, String version, Bytes body) {
        return log.add(kind, version, body, now());
    }

    /// A simple-signing payload as a layer of a `.sig` manifest; with Rekor 2 it has a timestamp in place of a log
    /// entry.
    public SignedPayload payload(Bytes payload, Identity.Certificate who) {
        return payload(payload, signer(who));
    }

    public SignedPayload payload(Bytes payload, Signer signer) {
        Bytes signature = signer.sign(payload);
        Map<String, String> annotations = certified(signer);
        annotations.put(SignedPayload.SIGNATURE, signature.base64());
        if (rekor == 1) {
            LogEntry entry =
                    logged("hashedrekord", "0.0.1", SampleBodies.record1(payload, signature, signer.certificate()));
            annotations.put(SignedPayload.REKOR_BUNDLE, promise(entry));
        } else {
            annotations.put(
                    SignedPayload.TIMESTAMP,
                    JSON.createObjectNode()
                            .put(
                                    "SignedRFC3161Timestamp",
                                    timestamps.over(signature, now()).base64())
                            .toString());
        }
        return new SignedPayload(payload, annotations);
    }

    private Map<String, String> certified(Signer signer) {
        Map<String, String> annotations = new HashMap<>();
        annotations.put(SignedPayload.CERTIFICATE, Certificates.pem(signer.certificate()));
        annotations.put(
                SignedPayload.CHAIN,
                certificates.chain().stream().map(Certificates::pem).reduce("", String::concat));
        return annotations;
    }

    /// A layer of an `.att` manifest, as cosign 2 writes it with Rekor 1.
    ///
    /// @param annotations certificate, chain and log entry
    public record AttestationLayer(Envelope envelope, Map<String, String> annotations) {}

    /// Signed and logged now.
    public AttestationLayer attestation(Bytes statement, Identity.Certificate who) {
        Signer signer = signer(who);
        Bundle bundle = bundle(statement, signer);
        Map<String, String> annotations = certified(signer);
        annotations.put(SignedPayload.SIGNATURE, "");
        annotations.put(SignedPayload.REKOR_BUNDLE, promise(bundle.entries().getFirst()));
        return new AttestationLayer(bundle.envelope(), annotations);
    }

    static String promise(LogEntry entry) {
        ObjectNode bundle = JSON.createObjectNode();
        bundle.put("SignedEntryTimestamp", entry.promise().map(Bytes::base64).orElseThrow());
        bundle.putObject("Payload")
                .put("body", entry.canonicalizedBody().base64())
                .put("integratedTime", entry.integratedTime())
                .put("logIndex", entry.logIndex())
                .put("logID", entry.logId().hex());
        return bundle.toString();
    }
}
