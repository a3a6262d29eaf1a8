// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import io.kpromo.bench.server.Ports;
import io.kpromo.bench.server.ServerProcess;
import io.kpromo.oci.auth.Secret;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.sigstore.Certificates;
import io.kpromo.trust.sigstore.IdentityTokens;
import io.kpromo.trust.sigstore.SampleServices;
import io.kpromo.trust.sigstore.SampleSigstore;
import io.kpromo.trust.sigstore.SigningConfig;
import io.kpromo.trust.sigstore.SigningServices;
import io.kpromo.trust.sigstore.TrustedRoot;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A whole Sigstore on this machine, of the programs that others wrote: Fulcio, Rekor 2 and a timestamp authority,
/// with an issuer and a log of certificates of our own.
final class PrivateSigstore implements AutoCloseable {
    private static final String ORIGIN = "rekor.private.test";
    private static final String START = "2026-01-01T00:00:00Z";
    /// The timestamp authority counts its requests here, and can't be told otherwise.
    private static final int METRICS = 2112;

    private final Path folder;
    private final SampleIssuer issuer = SampleIssuer.start();
    private final List<AutoCloseable> running = new ArrayList<>(List.of(issuer));
    private final KeyPair logKeys = ed25519();
    private final HttpClient http = HttpClient.newHttpClient();
    private final boolean certificateLog;
    private final String fulcio;
    private final String rekor;
    private final String timestamps;
    private final List<X509Certificate> timestampChain;

    private PrivateSigstore(Path folder, boolean certificateLog) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.certificateLog = certificateLog;
        try {
            this.fulcio = fulcio();
            this.rekor = rekor();
            Timestamps authority = timestamps();
            this.timestamps = authority.url();
            this.timestampChain = authority.chain();
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private record Timestamps(String url, List<X509Certificate> chain) {}

    /// The authority of others where it can have the port of its own, ours else.
    private Timestamps timestamps() throws IOException, InterruptedException {
        Optional<FileLock> turn = turnForMetrics();
        if (turn.isPresent()) {
            try {
                String url = timestampServer() + "/api/v1/timestamp";
                running.add(turn.get().acquiredBy());
                return new Timestamps(url, Certificates.parsePem(get(url + "/certchain")));
            } catch (IOException died) {
                if (!isTaken(METRICS)) {
                    throw died;
                }
                turn.get().acquiredBy().close();
            }
        }
        SampleSigstore sample = SampleSigstore.withRunningClock(2);
        SampleServices services = SampleServices.of(sample);
        running.add(services);
        return new Timestamps(
                services.signing().timestampAuthorities().getFirst().toString(),
                sample.root().timestampAuthorities().getFirst().chain());
    }

    /// Of two that start at the same time, the second would die only after it had answered.
    private static Optional<FileLock> turnForMetrics() throws IOException {
        if (isTaken(METRICS)) {
            return Optional.empty();
        }
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "kpromo-interop-" + METRICS + ".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            Optional<FileLock> turn = Optional.ofNullable(channel.tryLock());
            if (turn.isEmpty()) {
                channel.close();
            }
            return turn;
        } catch (OverlappingFileLockException ofThisProcess) {
            channel.close();
            return Optional.empty();
        }
    }

    /// @param certificateLog whether certificates come with the promise of a log
    static PrivateSigstore start(Path folder, boolean certificateLog) throws IOException, InterruptedException {
        return new PrivateSigstore(folder, certificateLog);
    }

    private static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String fulcio() throws IOException, InterruptedException {
        Path settings = Files.writeString(folder.resolve("fulcio.yaml"), """
                oidc-issuers:
                  %1$s:
                    issuer-url: %1$s
                    client-id: sigstore
                    type: email
                """.formatted(issuer.url()));
        Path key = Files.writeString(
                folder.resolve("ct.pub"), pem("PUBLIC KEY", issuer.logKey().getEncoded()));
        return serve("fulcio", "/healthz", port -> {
            List<String> arguments = new ArrayList<>(List.of(
                    "serve", "--host", "127.0.0.1", "--port", "" + port, "--grpc-host", "127.0.0.1", "--grpc-port"));
            arguments.addAll(List.of("" + Ports.next(), "--metrics-port", "" + Ports.next()));
            arguments.addAll(List.of("--legacy-unix-domain-socket", "@fulcio-" + port, "--ca", "ephemeralca"));
            arguments.addAll(List.of("--config-path", settings.toString()));
            arguments.addAll(
                    certificateLog
                            ? List.of("--ct-log-url", issuer.url(), "--ct-log-public-key-path", key.toString())
                            : List.of("--ct-log-url", ""));
            return arguments;
        });
    }

    private String rekor() throws IOException, InterruptedException {
        Path key = Files.writeString(
                folder.resolve("rekor.key"),
                pem("PRIVATE KEY", logKeys.getPrivate().getEncoded()));
        return serve("posix", "/healthz", port -> {
            List<String> arguments = new ArrayList<>(List.of(
                    "serve", "--http-address", "127.0.0.1", "--http-port", "" + port, "--grpc-address", "127.0.0.1"));
            arguments.addAll(List.of("--grpc-port", "" + Ports.next(), "--http-metrics-port", "" + Ports.next()));
            arguments.addAll(List.of("--hostname", ORIGIN, "--signer-filepath", key.toString()));
            arguments.addAll(List.of("--storage-dir", folder.resolve("rekor").toString()));
            arguments.addAll(List.of("--checkpoint-interval", "200ms", "--batch-max-age", "50ms"));
            return arguments;
        });
    }

    private String timestampServer() throws IOException, InterruptedException {
        List<String> more = List.of("--disable-ntp-monitoring", "--timestamp-signer", "memory");
        return serve("timestamp-server", "/ping", port -> {
            List<String> arguments = new ArrayList<>(List.of("serve", "--host", "127.0.0.1", "--port", "" + port));
            arguments.addAll(more);
            return arguments;
        });
    }

    /// What a server is told when it gets this port.
    private interface Arguments {
        List<String> on(int port) throws IOException;
    }

    private String serve(String name, String ready, Arguments arguments) throws IOException, InterruptedException {
        Path program = Foreign.program(name, folder).program();
        Path log = folder.resolve(name + ".log");
        ServerProcess server = ServerProcess.start(
                port -> {
                    List<String> command = new ArrayList<>(List.of(program.toString()));
                    command.addAll(arguments.on(port));
                    Process process = new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
                    return new ServerProcess(process, port, log);
                },
                port -> isReady(url(port) + ready));
        running.addFirst(server.process()::destroyForcibly);
        return url(server.port());
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    private boolean isReady(String url) throws InterruptedException {
        try {
            get(url);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String get(String url) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(url + ": " + answer.statusCode());
        }
        return answer.body();
    }

    private static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return !socket.isBound();
        } catch (IOException taken) {
            return true;
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n" + Bytes.of(der).base64() + "\n-----END " + what + "-----\n";
    }

    String issuerUrl() {
        return issuer.url();
    }

    boolean hasCertificateLog() {
        return certificateLog;
    }

    /// A file with a token for this person.
    Path tokenFile(String email) throws IOException {
        return Files.writeString(folder.resolve("token"), issuer.token(email));
    }

    IdentityTokens tokens(String email) {
        return () -> Optional.of(Secret.of(issuer.token(email)));
    }

    TrustedRoot root() throws IOException, InterruptedException {
        Path file = trustedRoot();
        return TrustedRoot.parse(Bytes.of(Files.readAllBytes(file)), file.toString());
    }

    SigningServices services() throws IOException {
        Path file = signingConfig();
        return SigningConfig.parse(Bytes.of(Files.readAllBytes(file)), file.toString())
                .at(Instant.now());
    }

    Path trustedRoot() throws IOException, InterruptedException {
        ObjectNode root = JsonText.object();
        root.put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1");
        byte[] raw = logKeys.getPublic().getEncoded();
        byte[] head = (ORIGIN + "\n\u0001").getBytes(StandardCharsets.UTF_8);
        byte[] id = Arrays.copyOf(head, head.length + 32);
        System.arraycopy(raw, raw.length - 32, id, head.length, 32);
        addLog(root.putArray("tlogs"), "https://" + ORIGIN, logKeys.getPublic(), SampleIssuer.sha256(id));
        if (certificateLog) {
            addLog(root.putArray("ctlogs"), issuer.url(), issuer.logKey(), issuer.logId());
        }
        Json bundle = Json.read("trust bundle", Bytes.of(get(fulcio + "/api/v2/trustBundle")));
        StringBuilder chain = new StringBuilder();
        bundle.list("chains", 5).getFirst().list("certificates", 5).forEach(pem -> chain.append(pem.asText()));
        addAuthority(root.putArray("certificateAuthorities"), fulcio, Certificates.parsePem(chain.toString()));
        addAuthority(root.putArray("timestampAuthorities"), timestamps, timestampChain);
        return Files.write(
                folder.resolve("trusted_root.json"), JsonText.write(root).array());
    }

    private static void addLog(ArrayNode logs, String url, PublicKey key, byte[] id) {
        ObjectNode log = logs.addObject().put("baseUrl", url).put("hashAlgorithm", "SHA2_256");
        log.putObject("logId").put("keyId", Bytes.of(id).base64());
        log.putObject("publicKey")
                .put("rawBytes", Bytes.of(key.getEncoded()).base64())
                .put("keyDetails", key.getAlgorithm().equals("EC") ? "PKIX_ECDSA_P256_SHA_256" : "PKIX_ED25519")
                .putObject("validFor")
                .put("start", START);
    }

    private static void addAuthority(ArrayNode authorities, String url, List<X509Certificate> chain) {
        ObjectNode authority = authorities.addObject().put("uri", url);
        ArrayNode certificates = authority.putObject("certChain").putArray("certificates");
        chain.forEach(certificate -> certificates
                .addObject()
                .put("rawBytes", Certificates.der(certificate).base64()));
        authority.putObject("validFor").put("start", START);
    }

    Path signingConfig() throws IOException {
        ObjectNode config = JsonText.object().put("mediaType", "application/vnd.dev.sigstore.signingconfig.v0.2+json");
        addService(config.putArray("caUrls"), fulcio, 1);
        addService(config.putArray("oidcUrls"), issuer.url(), 1);
        addService(config.putArray("rekorTlogUrls"), rekor, 2);
        addService(config.putArray("tsaUrls"), timestamps, 1);
        config.putObject("rekorTlogConfig").put("selector", "ANY");
        config.putObject("tsaConfig").put("selector", "ANY");
        return Files.write(
                folder.resolve("signing_config.json"), JsonText.write(config).array());
    }

    private static void addService(ArrayNode services, String url, int version) {
        services.addObject()
                .put("url", url)
                .put("majorApiVersion", version)
                .put("operator", "private")
                .putObject("validFor")
                .put("start", START);
    }

    @Override
    public void close() {
        for (AutoCloseable one : running) {
            try {
                one.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
