// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kpromo.oci.auth.Secret;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.Identity;
import io.kpromo.trust.bundle.LogEntry;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.statement.Envelope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The services of a [SampleSigstore] over HTTP, on this machine: Fulcio, Rekor, a timestamp authority.
///
/// ```java
/// try (SampleServices services = SampleServices.of(sigstore)) {
///     Signatory signatory = KeylessSignatory.of(
///             transport, services.signing(), services.tokens(who), false, Clock.systemUTC());
/// }
/// ```
public final class SampleServices implements AutoCloseable {
    private final SampleSigstore sigstore;
    private final HttpServer server;
    private final Queue<Duration> delays = new ConcurrentLinkedQueue<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<String, Bytes> entries = new ConcurrentHashMap<>();
    private volatile boolean forgetful;

    private SampleServices(SampleSigstore sigstore, HttpServer server) {
        this.sigstore = sigstore;
        this.server = server;
    }

    public static SampleServices of(SampleSigstore sigstore) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SampleServices services = new SampleServices(sigstore, server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/fulcio/api/v2/signingCert", exchange -> answer(exchange, services::certificate));
        server.createContext("/rekor/api/v1/log/entries", exchange -> services.entry(exchange, 1));
        server.createContext("/rekor/api/v2/log/entries", exchange -> services.entry(exchange, 2));
        server.createContext("/tsa", exchange -> answer(exchange, services::timestamp));
        server.start();
        return services;
    }

    /// The address of all of them, to be told to a signatory.
    public SigningServices signing() {
        return new SigningServices(
                at("/fulcio/"),
                List.of(new SigningServices.LogService(at("/rekor"), sigstore.rekor())),
                sigstore.rekor() == 2 ? List.of(at("/tsa")) : List.of());
    }

    /// The same as a `signing_config.v0.2.json`.
    public Bytes signingConfig() {
        ObjectNode config = JsonText.object().put("mediaType", "application/vnd.dev.sigstore.signingconfig.v0.2+json");
        SigningServices services = signing();
        add(config.putArray("caUrls"), services.authority(), 1);
        ArrayNode logs = config.putArray("rekorTlogUrls");
        services.logs().forEach(log -> add(logs, log.address(), log.version()));
        ArrayNode authorities = config.putArray("tsaUrls");
        services.timestampAuthorities().forEach(authority -> add(authorities, authority, 1));
        config.putArray("oidcUrls");
        config.putObject("rekorTlogConfig").put("selector", "ANY");
        config.putObject("tsaConfig").put("selector", "ANY");
        return JsonText.write(config);
    }

    private static void add(ArrayNode services, URI address, int version) {
        services.addObject()
                .put("url", address.toString())
                .put("majorApiVersion", version)
                .put("operator", "sample")
                .putObject("validFor")
                .put("start", "2022-01-01T00:00:00Z");
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /// A token as an issuer would give it. Its signature is none: the sample's Fulcio believes everyone.
    public static Secret token(Identity.Certificate who) {
        ObjectNode claims = JsonText.object().put("iss", who.issuer()).put("sub", who.subject());
        if (who.subject().contains("@") && !who.subject().contains("://")) {
            claims.put("email", who.subject()).put("email_verified", true);
        }
        return Secret.of(base64("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(JsonText.write(claims).array()) + "." + base64(new byte[] {1, 2, 3}));
    }

    public static IdentityTokens tokens(Identity.Certificate who) {
        return () -> Optional.of(token(who));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The next entry is made that much later.
    void delayEntry(Duration delay) {
        delays.add(delay);
    }

    /// The next request for a certificate is refused with this text.
    void refuse(String said) {
        refusals.add(said);
    }

    /// The next entry is made, but it is said to be there already.
    void conflict() {
        forgetful = true;
    }

    private interface Service {
        Bytes answer(Bytes request) throws IOException;
    }

    private static void answer(HttpExchange exchange, Service service) throws IOException {
        try (exchange) {
            try {
                send(
                        exchange,
                        201,
                        service.answer(Bytes.of(exchange.getRequestBody().readAllBytes())));
            } catch (RefusedException refused) {
                send(exchange, 400, Bytes.of(String.valueOf(refused.getMessage())));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, Bytes body) throws IOException {
        exchange.sendResponseHeaders(status, body.length());
        exchange.getResponseBody().write(body.array());
    }

    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String said) {
            super(said);
        }
    }

    private Bytes certificate(Bytes request) throws IOException {
        String said = refusals.poll();
        if (said != null) {
            throw new RefusedException(said);
        }
        Json asked = Json.read("request", request);
        String token = asked.object("credentials").text("oidcIdentityToken");
        Json claims = Json.read("token", Bytes.of(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1])));
        String subject = claims.optionalText("email").orElseGet(() -> claims.text("sub"));
        Json key = asked.object("publicKeyRequest");
        PublicKey wanted = key(key.object("publicKey").text("content"));
        if (!SignatureCheck.verifies(
                wanted,
                Bytes.of(subject).array(),
                key.bytes("proofOfPossession").array())) {
            throw new RefusedException("{\"message\":\"the key is not yours\"}");
        }
        Identity.Certificate who = new Identity.Certificate(subject, claims.text("iss"));
        X509Certificate leaf = sigstore.certificates.issue(
                new KeyPair(wanted, sigstore.log.keys.getPrivate()), SampleCertificates.Wish.of(who, sigstore.now()));
        ObjectNode answer = JsonText.object();
        var chain = answer.putObject("signedCertificateEmbeddedSct")
                .putObject("chain")
                .putArray("certificates")
                .add(Certificates.pem(leaf));
        sigstore.certificates.chain().forEach(above -> chain.add(Certificates.pem(above)));
        return JsonText.write(answer);
    }

    private static PublicKey key(String pem) throws IOException {
        try {
            return KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(Bytes.ofBase64(pem.replaceAll("-----[A-Z ]+-----|\\s", ""))
                            .array()));
        } catch (GeneralSecurityException e) {
            throw new RefusedException(e.toString());
        }
    }

    private Bytes timestamp(Bytes request) {
        return sigstore.timestamps.answer(request.array(), sigstore.now());
    }

    private void entry(HttpExchange exchange, int version) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String id = path.substring(path.lastIndexOf('/') + 1);
        if (exchange.getRequestMethod().equals("GET")) {
            answer(exchange, _ -> entries.getOrDefault(id, Bytes.of("{}")));
            return;
        }
        if (version != sigstore.rekor()) {
            try (exchange) {
                exchange.sendResponseHeaders(404, -1);
            }
            return;
        }
        if (!forgetful) {
            answer(exchange, request -> logged(request, version));
            return;
        }
        forgetful = false;
        Bytes body = logged(Bytes.of(exchange.getRequestBody().readAllBytes()), version);
        entries.put("abc123", body);
        try (exchange) {
            exchange.getResponseHeaders().add("Location", "/api/v1/log/entries/abc123");
            send(exchange, 409, Bytes.of("{\"code\":409,\"message\":\"an equivalent entry already exists\"}"));
        }
    }

    private Bytes logged(Bytes request, int version) {
        Duration delay = delays.poll();
        if (delay != null) {
            sigstore.pass(delay);
        }
        Json asked = Json.read("request", request);
        return version == 2 ? logged2(asked.object("hashedRekordRequestV002")) : logged1(asked);
    }

    private Bytes logged2(Json asked) {
        Json signature = asked.object("signature");
        X509Certificate certificate = Certificates.parse(
                        signature.object("verifier").object("x509Certificate").bytes("rawBytes"))
                .orElseThrow();
        LogEntry entry = sigstore.logged(
                "hashedrekord",
                "0.0.2",
                SampleBodies.record2Of(asked.bytes("digest"), signature.bytes("content"), certificate));
        ObjectNode answer = JsonText.object().put("logIndex", Long.toString(entry.logIndex()));
        answer.putObject("logId").put("keyId", entry.logId().base64());
        answer.putObject("kindVersion").put("kind", entry.kind()).put("version", entry.version());
        LogEntry.InclusionProof proof = entry.proof().orElseThrow();
        ObjectNode written = answer.putObject("inclusionProof")
                .put("logIndex", Long.toString(proof.logIndex()))
                .put("rootHash", proof.rootHash().base64())
                .put("treeSize", Long.toString(proof.treeSize()));
        var hashes = written.putArray("hashes");
        proof.hashes().forEach(hash -> hashes.add(hash.base64()));
        written.putObject("checkpoint").put("envelope", proof.checkpoint());
        return JsonText.write(
                answer.put("canonicalizedBody", entry.canonicalizedBody().base64()));
    }

    private Bytes logged1(Json asked) {
        Json spec = asked.object("spec");
        if (asked.text("kind").equals("hashedrekord")) {
            return written1(sigstore.logged("hashedrekord", "0.0.1", JsonText.write(asked.node())));
        }
        Json proposed = spec.object("proposedContent");
        Envelope envelope = Envelope.parse(Bytes.of(proposed.text("envelope")));
        X509Certificate certificate = Certificates.parsePem(
                        proposed.list("verifiers", 1).getFirst().asBytes().text())
                .getFirst();
        return written1(sigstore.logged("dsse", "0.0.1", SampleBodies.dsse1(envelope, certificate)));
    }

    private static Bytes written1(LogEntry entry) {
        ObjectNode answer = JsonText.object();
        ObjectNode written = answer.putObject("24296fb24b8ad77a")
                .put("body", entry.canonicalizedBody().base64())
                .put("integratedTime", entry.integratedTime())
                .put("logID", entry.logId().hex())
                .put("logIndex", entry.logIndex());
        ObjectNode verification = written.putObject("verification")
                .put("signedEntryTimestamp", entry.promise().map(Bytes::base64).orElseThrow());
        LogEntry.InclusionProof proof = entry.proof().orElseThrow();
        var hashes = verification
                .putObject("inclusionProof")
                .put("checkpoint", proof.checkpoint())
                .put("logIndex", proof.logIndex())
                .put("rootHash", proof.rootHash().hex())
                .put("treeSize", proof.treeSize())
                .putArray("hashes");
        proof.hashes().forEach(hash -> hashes.add(hash.hex()));
        return JsonText.write(answer);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
