// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.kpromo.oci.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Servers of buckets on this machine are spoken to as they were named: by `https://` not in plain HTTP.
@Timeout(60)
class NamedServersTest {
    @TempDir
    private Path folder = Path.of("");

    private final AtomicInteger plainRequests = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void aServerWithoutTls() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            plainRequests.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void whoNamesAServerByHttpsSendsItNothingInPlainHttp() throws IOException {
        Ran ran = run("https");
        assertThat(ran.code()).as(ran.err()).isEqualTo(1);
        assertThat(plainRequests).hasValue(0);
    }

    @Test
    void whoNamesItByHttpAsksItSo() throws IOException {
        run("http");
        assertThat(plainRequests).hasPositiveValue();
    }

    private Ran run(String scheme) throws IOException {
        String sha256 =
                Digest.sha256("content".getBytes(StandardCharsets.UTF_8)).hex();
        Files.createDirectories(folder.resolve("staging"));
        Files.writeString(folder.resolve("staging/tool"), "content");
        Path filestores = Files.writeString(folder.resolve("filestores.yaml"), """
                filestores:
                - base: file://%s/staging
                  src: true
                - base: s3://bucket/prod
                """.formatted(folder));
        Path files = Files.writeString(folder.resolve("files.yaml"), """
                files:
                - name: tool
                  sha256: %s
                """.formatted(sha256));
        Map<String, String> environment = Map.of(
                "AWS_ACCESS_KEY_ID",
                "key",
                "AWS_SECRET_ACCESS_KEY",
                "secret",
                "AWS_REGION",
                "us-east-1",
                "AWS_ENDPOINT_URL",
                scheme + "://127.0.0.1:" + server.getAddress().getPort());
        return kpromo(environment, "run", "files", "--filestores", filestores.toString(), "--files", files.toString());
    }
}
