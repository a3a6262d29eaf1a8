// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.oci.http.Transport;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.Identity;
import io.kpromo.trust.Signatory;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.bundle.LogEntry;
import io.kpromo.trust.bundle.Material;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.sigstore.TimestampClient.Timestamp;
import io.kpromo.trust.statement.Envelope;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.store.SignedPayload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Signs with keys that live for minutes, whose certificates say who signed. A certificate serves all signatures
/// while it lives; each signature costs a request to every log and timestamp authority of the services.
public final class KeylessSignatory implements Signatory {
    private final CertificateSource certificates;
    private final InFlight<String, SigningClients> clients = InFlight.keeping();
    private final InFlight.Work<SigningClients> opened;
    private final boolean bareTags;

    private KeylessSignatory(
            InFlight.Work<SigningClients> opened, IdentityTokens tokens, boolean bareTags, InstantSource clock) {
        this.opened = opened;
        this.certificates = new CertificateSource(() -> clients().fulcio(), tokens, clock);
        this.bareTags = bareTags;
    }

    /// @param bareTags whether simple-signing payloads are signed too where no log promises its entries: with
    ///     certificate and timestamp alone, which verifies only for who does without the log
    /// @throws TrustException where the services can't prove when a signature was made
    public static KeylessSignatory of(
            Transport transport,
            SigningServices services,
            IdentityTokens tokens,
            boolean bareTags,
            InstantSource clock) {
        SigningClients clients = SigningClients.of(transport, services);
        return new KeylessSignatory(() -> clients, tokens, bareTags, clock);
    }

    /// The same, where the services have to be asked for first: not before there is a token, and once.
    public static KeylessSignatory lazily(
            Transport transport,
            InFlight.Work<SigningServices> services,
            IdentityTokens tokens,
            boolean bareTags,
            InstantSource clock) {
        return new KeylessSignatory(() -> SigningClients.of(transport, services.run()), tokens, bareTags, clock);
    }

    private SigningClients clients() throws InterruptedException {
        return clients.once("clients", opened);
    }

    /// Whether a log promises its entries, so that signatures under tags can carry them.
    public boolean promises() throws InterruptedException {
        return clients().promising().isPresent();
    }

    @Override
    public Identity.Certificate identity() throws InterruptedException {
        return CertificateIdentity.of(certificates.current().leaf());
    }

    @Override
    public Bundle sign(Statement statement) throws InterruptedException {
        Bytes payload = statement.json();
        Bytes message = Envelope.preAuthentication(Statement.PAYLOAD_TYPE, payload);
        return proven(certificate -> {
            Bytes signature = certificate.sign(message);
            Envelope envelope =
                    new Envelope(Statement.PAYLOAD_TYPE, payload, List.of(new Envelope.Signature("", signature)));
            List<Timestamp> timestamps = timestamps(signature);
            List<LogEntry> entries = new ArrayList<>();
            for (RekorClient log : clients().logs()) {
                entries.add(log.log(envelope, certificate.leaf()));
            }
            Bundle bundle = new Bundle(
                    new Material.Certificates(List.of(Certificates.der(certificate.leaf()))),
                    entries,
                    timestamps.stream().map(Timestamp::answer).toList(),
                    envelope);
            return new Proven<>(bundle, moments(timestamps, entries));
        });
    }

    @Override
    public Optional<SignedPayload> sign(SimpleSigning payload) throws InterruptedException {
        Optional<RekorClient> log = clients().promising();
        if (log.isEmpty() && !bareTags) {
            return Optional.empty();
        }
        Bytes bytes = payload.bytes();
        return Optional.of(proven(certificate -> {
            Bytes signature = certificate.sign(bytes);
            List<Timestamp> timestamps = timestamps(signature);
            Map<String, String> annotations = annotations(certificate, signature);
            List<LogEntry> entries = new ArrayList<>();
            if (log.isPresent()) {
                entries.add(log.get().log(bytes, signature, certificate.leaf()));
                annotations.put(SignedPayload.REKOR_BUNDLE, promise(entries.getFirst()));
            }
            if (!timestamps.isEmpty()) {
                annotations.put(SignedPayload.TIMESTAMP, annotation(timestamps.getFirst()));
            }
            return new Proven<>(new SignedPayload(bytes, annotations), moments(timestamps, entries));
        }));
    }

    /// What was signed, and when that is proven to have been.
    private record Proven<T>(T signed, List<Instant> moments) {}

    private interface Signing<T> {
        Proven<T> with(SigningCertificate certificate) throws InterruptedException;
    }

    /// Signs; and once more where it took so long that the certificate had expired meanwhile.
    private <T> T proven(Signing<T> signing) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            SigningCertificate certificate = certificates.current();
            Proven<T> proven = signing.with(certificate);
            if (proven.moments.stream().allMatch(certificate::covers)) {
                return proven.signed;
            }
            certificates.drop(certificate);
            if (tries == 2) {
                throw new TrustException("the log or the timestamp authority says that the signature was made at "
                        + proven.moments + ", outside of the life of its certificate, which is from "
                        + certificate.leaf().getNotBefore().toInstant() + " to "
                        + certificate.leaf().getNotAfter().toInstant() + "; one of their clocks must be wrong");
            }
        }
    }

    private List<Timestamp> timestamps(Bytes signature) throws InterruptedException {
        List<Timestamp> timestamps = new ArrayList<>();
        for (TimestampClient authority : clients().authorities()) {
            timestamps.add(authority.over(signature));
        }
        return timestamps;
    }

    private static List<Instant> moments(List<Timestamp> timestamps, List<LogEntry> entries) {
        List<Instant> moments = new ArrayList<>();
        timestamps.forEach(timestamp -> moments.add(timestamp.moment()));
        entries.stream()
                .filter(entry -> entry.promise().isPresent())
                .forEach(entry -> moments.add(Instant.ofEpochSecond(entry.integratedTime())));
        return moments;
    }

    private static Map<String, String> annotations(SigningCertificate certificate, Bytes signature) {
        Map<String, String> annotations = new HashMap<>();
        annotations.put(SignedPayload.SIGNATURE, signature.base64());
        annotations.put(SignedPayload.CERTIFICATE, Certificates.pem(certificate.leaf()));
        annotations.put(SignedPayload.CHAIN, certificate.issuersPem());
        annotations.put(
                SignedPayload.SIGNER, CertificateIdentity.of(certificate.leaf()).toString());
        return annotations;
    }

    private static String promise(LogEntry entry) {
        var bundle = JsonText.object();
        bundle.put("SignedEntryTimestamp", entry.promise().map(Bytes::base64).orElse(""));
        bundle.putObject("Payload")
                .put("body", entry.canonicalizedBody().base64())
                .put("integratedTime", entry.integratedTime())
                .put("logIndex", entry.logIndex())
                .put("logID", entry.logId().hex());
        return JsonText.write(bundle).text();
    }

    private static String annotation(Timestamp timestamp) {
        return JsonText.write(JsonText.object()
                        .put("SignedRFC3161Timestamp", timestamp.answer().base64()))
                .text();
    }

    /// Lets the key go.
    @Override
    public void close() {
        certificates.close();
    }
}
