// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.Repository;
import io.kpromo.oci.auth.Credential;
import io.kpromo.oci.auth.CredentialSource;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What Container Analysis answers, and what that means.
final class GoogleScannerTest {
    private static final Repository REPOSITORY = Repository.parse("us-docker.pkg.dev/project/images/a");
    private static final Digest DIGEST = Digest.sha256(new byte[0]);
    private static final String DONE =
            "{\"occurrences\": [{\"kind\": \"DISCOVERY\", \"discovery\": {\"analysisStatus\": \"FINISHED_SUCCESS\"}}]}";
    private static final String FOUND = """
            {"occurrences": [
             {"name": "projects/p/occurrences/1", "kind": "VULNERABILITY", "noteName": "projects/goog-vulnz/notes/CVE-2026-0001",
              "vulnerability": {"severity": "HIGH", "effectiveSeverity": "MEDIUM", "fixAvailable": true,
               "packageIssue": [{"affectedPackage": "openssl", "affectedVersion": {"name": "3.0.11", "revision": "1", "kind": "NORMAL", "fullName": "3.0.11-1"},
                "fixedVersion": {"kind": "NORMAL", "fullName": "3.0.13-1"}, "fixAvailable": true}]}},
             {"kind": "VULNERABILITY", "noteName": "projects/goog-vulnz/notes/CVE-2026-0002",
              "vulnerability": {"severity": "CRITICAL",
               "packageIssue": [{"affectedPackage": "bash", "affectedVersion": {"fullName": "5.2"}, "fixedVersion": {"kind": "MAXIMUM"}}]}}]%s}""";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final HttpTransport transport;

    GoogleScannerTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        transport = HttpTransport.open(TransportOptions.standard());
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        transport.close();
        server.stop(0);
    }

    @Test
    void onlyWhatHasAFixIsTold() throws Exception {
        answers.put("DISCOVERY", DONE);
        answers.put("VULNERABILITY", FOUND.formatted(""));
        assertThat(scan(token()))
                .isEqualTo(new ScanResult.Scanned(List.of(new Vulnerability(
                        "CVE-2026-0001", "openssl", "3.0.11-1", Optional.of("3.0.13-1"), Severity.HIGH))));
    }

    @Test
    void theImageAndItsProjectAreNamedAndTheTokenIsShown() throws Exception {
        answers.put("DISCOVERY", DONE);
        answers.put("VULNERABILITY", "{}");
        scan(token());
        assertThat(asked)
                .containsExactly(
                        "/v1/projects/project/occurrences?pageSize=1000&filter=kind=\"DISCOVERY\" AND resourceUrl=\"https://"
                                + REPOSITORY + "@" + DIGEST + "\" Bearer secret-token",
                        "/v1/projects/project/occurrences?pageSize=1000&filter=kind=\"VULNERABILITY\" AND resourceUrl=\"https://"
                                + REPOSITORY + "@" + DIGEST + "\" Bearer secret-token");
    }

    @Test
    void projectsOfDomainsAreNamedAsGoogleNamesThem() throws Exception {
        answers.put("DISCOVERY", DONE);
        scanner(token()).scan(Repository.parse("gcr.io/example.com/project/a"), DIGEST);
        assertThat(asked.getFirst()).startsWith("/v1/projects/example.com:project/occurrences");
    }

    @Test
    void pagesAreFollowed() throws Exception {
        answers.put("DISCOVERY", DONE);
        answers.put("VULNERABILITY", FOUND.formatted(", \"nextPageToken\": \"more\""));
        answers.put("more", FOUND.formatted("").replace("CVE-2026-0001", "CVE-2026-0009"));
        assertThat(scan(token()))
                .isInstanceOfSatisfying(
                        ScanResult.Scanned.class,
                        scanned -> assertThat(scanned.vulnerabilities())
                                .extracting(Vulnerability::id)
                                .containsExactly("CVE-2026-0001", "CVE-2026-0009"));
    }

    @Test
    void anImageThatWasNotScannedIsNotFine() throws Exception {
        answers.put("DISCOVERY", "{}");
        unknown(scan(token()), "has not scanned it; is scanning enabled");
        for (String status : List.of("PENDING", "SCANNING", "FINISHED_FAILED", "FINISHED_UNSUPPORTED")) {
            answers.put("DISCOVERY", DONE.replace("FINISHED_SUCCESS", status));
            unknown(scan(token()), "the status is " + status);
        }
        assertThat(asked).noneMatch(line -> line.contains("VULNERABILITY"));
    }

    @Test
    void aRefusalIsToldWithoutTheToken() throws Exception {
        ScanResult result = scan(token());
        unknown(result, "403");
        assertThat(result.toString()).doesNotContain("secret-token");
    }

    @Test
    void nonsenseIsNotFine() throws Exception {
        answers.put("DISCOVERY", "{\"occurrences\": 3}");
        unknown(scan(token()), "occurrences is not a list");
    }

    @Test
    void withoutAnAccessTokenNobodyIsAsked() throws Exception {
        unknown(scan(CredentialSource.none()), "gcloud auth application-default login");
        Credential key = new Credential.Basic("_json_key", Secret.of("{}"));
        unknown(scan((host, path) -> Optional.of(key)), "gcloud auth application-default login");
        assertThat(asked).isEmpty();
    }

    @Test
    void anAccessTokenThatDockerHasStoredServesToo() throws Exception {
        answers.put("DISCOVERY", DONE);
        answers.put("VULNERABILITY", "{}");
        Credential stored = new Credential.Basic("oauth2accesstoken", Secret.of("stored"));
        assertThat(scan((host, path) -> Optional.of(stored))).isEqualTo(new ScanResult.Scanned(List.of()));
        assertThat(asked.getFirst()).endsWith("Bearer stored");
    }

    @Test
    void googlesRegistriesAreKnown() {
        assertThat(List.of("gcr.io", "eu.gcr.io", "us-central1-docker.pkg.dev"))
                .allMatch(host -> GoogleScanner.knows(new Host(host)));
        assertThat(List.of("ghcr.io", "notgcr.io", "pkg.dev.example.com", "localhost:5000"))
                .noneMatch(host -> GoogleScanner.knows(new Host(host)));
    }

    private static CredentialSource token() {
        return (host, path) -> Optional.of(new Credential.RegistryToken(Secret.of("secret-token"), Optional.empty()));
    }

    private GoogleScanner scanner(CredentialSource credentials) {
        return new GoogleScanner(
                transport,
                credentials,
                new Host("127.0.0.1:" + server.getAddress().getPort()));
    }

    private ScanResult scan(CredentialSource credentials) throws InterruptedException {
        return scanner(credentials).scan(REPOSITORY, DIGEST);
    }

    private static void unknown(ScanResult result, String why) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        ScanResult.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains(why));
    }

    /// The answer for the page, else for the kind that is asked for; 403 where there is none.
    private void answer(HttpExchange exchange) {
        String target = exchange.getRequestURI().getPath() + "?"
                + exchange.getRequestURI().getQuery();
        asked.add(target + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        String key = target.contains("pageToken=more")
                ? "more"
                : target.contains("kind=\"DISCOVERY\"") ? "DISCOVERY" : "VULNERABILITY";
        String body = answers.getOrDefault(key, "");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(body.isEmpty() ? 403 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
