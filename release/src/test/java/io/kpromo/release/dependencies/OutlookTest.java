// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.NewRelease;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.folder.FolderForge;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutlookTest {
    private static final Slug TOOL = Slug.of("team/tool");

    @TempDir
    private Path folder;

    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard(), SignIn.nowhere(), event -> {});
    private final Registries registries = new Registries(transport);
    private final HttpServer server = stopped();

    private static HttpServer stopped() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void start() throws InterruptedException {
        server.createContext("/charts/index.yaml", exchange -> {
            byte[] body = """
                apiVersion: v1
                entries:
                  other: [{version: 9.0.0}]
                  tool:
                  - {version: 2.1.0-rc.1, urls: [a]}
                  - {version: 2.0.5, annotations: {artifacthub.io/prerelease: "true"}}
                  - {version: 2.0.1, created: 2026-01-01}
                  - {version: v1.9.9}
                """.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (FolderForge forge = forge()) {
            CommitId first = forge.create(TOOL, List.of(SourceFile.of("a", "1")));
            for (String tag : List.of("v1.0.0", "v1.2.0", "v1.3.0-rc.1", "v2.0.0", "nightly")) {
                forge.sources(TOOL)
                        .createTag(new RefName(tag), first, tag, Optional.of(new Author("A", "a@b.example")));
            }
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
        transport.close();
    }

    @Test
    void theHighestReleaseIsTheNewest() throws InterruptedException {
        assertThat(of("version: 1.0.0, upstream: {flavour: github, url: team/tool}"))
                .isEqualTo(new Outlook.Newer("x", "1.0.0", "2.0.0"));
        assertThat(of("version: v1.0.0, upstream: {flavour: gitlab, url: team/tool, constraints: <2.0.0}"))
                .isEqualTo(new Outlook.Newer("x", "v1.0.0", "v1.2.0"));
        assertThat(of("version: v1.3.0-alpha, upstream: {flavour: github, url: team/tool, constraints: <2.0.0}"))
                .isEqualTo(new Outlook.Newer("x", "v1.3.0-alpha", "v1.3.0-rc.1"));
        assertThat(of("version: 2.0, upstream: {flavour: github, url: team/tool}"))
                .isEqualTo(new Outlook.UpToDate("x", "2.0"));
    }

    @Test
    void whatWasReleasedCountsAndATagAloneDoesNot() throws InterruptedException {
        String upstream = "upstream: {flavour: github, url: team/tool}";
        try (FolderForge forge = forge()) {
            release(forge, "v1.1.0", false, false);
            assertThat(of("version: 1.0.0, " + upstream)).isEqualTo(new Outlook.Newer("x", "1.0.0", "1.1.0"));
            assertThat(of("version: 1.1.0, " + upstream)).isEqualTo(new Outlook.UpToDate("x", "1.1.0"));
            release(forge, "v1.2.0", true, false);
            assertThat(of("version: 1.1.0, " + upstream)).isEqualTo(new Outlook.UpToDate("x", "1.1.0"));
            // Its number does not say so, but who released it does.
            release(forge, "v1.5.0", false, true);
            assertThat(of("version: 1.1.0, " + upstream)).isEqualTo(new Outlook.UpToDate("x", "1.1.0"));
            assertThat(of("version: 1.1.0-rc.1, " + upstream)).isEqualTo(new Outlook.Newer("x", "1.1.0-rc.1", "1.5.0"));
            release(forge, "v1.0.1", false, false);
            assertThat(of("version: 1.0.0, upstream: {flavour: gitlab, url: team/tool}"))
                    .isEqualTo(new Outlook.Newer("x", "1.0.0", "1.1.0"));
        }
    }

    private static void release(FolderForge forge, String tag, boolean draft, boolean preRelease)
            throws InterruptedException {
        CommitId main = forge.sources(TOOL).branch(new RefName("main")).orElseThrow();
        forge.releases(TOOL).create(new NewRelease(new RefName(tag), main, tag, "", draft, preRelease));
    }

    @Test
    void smallStepsCanBePassedOver() throws InterruptedException {
        String upstream = ", upstream: {flavour: dummy, latest: 1.2.9}";
        assertThat(of("version: 1.2.0, sensitivity: minor" + upstream)).isInstanceOf(Outlook.UpToDate.class);
        assertThat(of("version: 1.1.9, sensitivity: minor" + upstream)).isInstanceOf(Outlook.Newer.class);
        assertThat(of("version: 1.1.9, sensitivity: major" + upstream)).isInstanceOf(Outlook.UpToDate.class);
        assertThat(of("version: 1.2.8" + upstream)).isInstanceOf(Outlook.Newer.class);
        assertThat(of("version: 1.3.0" + upstream)).isInstanceOf(Outlook.UpToDate.class);
    }

    @Test
    void otherSchemesCompareOtherwise() throws InterruptedException {
        assertThat(of("version: release-b, scheme: alpha, upstream: {flavour: dummy, latest: release-c}"))
                .isInstanceOf(Outlook.Newer.class);
        assertThat(of("version: release-d, scheme: alpha, upstream: {flavour: dummy, latest: release-c}"))
                .isInstanceOf(Outlook.UpToDate.class);
        assertThat(of("version: ami-2, scheme: random, upstream: {flavour: dummy, latest: ami-1}"))
                .isEqualTo(new Outlook.Newer("x", "ami-2", "ami-1"));
        assertThat(of("version: ami-2, upstream: {flavour: dummy, latest: ami-1}"))
                .isInstanceOfSatisfying(
                        Outlook.Unknown.class,
                        it -> assertThat(it.why()).contains("is scheme: alpha or random meant?"));
    }

    @Test
    void aBranchIsItsNewestCommit() throws InterruptedException {
        assertThat(of("version: abc, scheme: random, upstream: {flavour: github, url: team/tool, branch: main}"))
                .isInstanceOfSatisfying(
                        Outlook.Newer.class, it -> assertThat(it.latest()).matches("[0-9a-f]{40}"));
    }

    @Test
    void chartsAreReadFromTheirIndex() throws InterruptedException {
        String repo = "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/charts/";
        assertThat(of("version: 1.0.0, upstream: {flavour: helm, repo: \"" + repo + "\", chart: tool}"))
                .isEqualTo(new Outlook.Newer("x", "1.0.0", "2.0.1"));
        assertThat(of("version: 1.0.0, upstream: {flavour: helm, repo: \"" + repo + "\", chart: none}"))
                .isInstanceOfSatisfying(
                        Outlook.Unknown.class, it -> assertThat(it.why()).contains("has no chart none"));
    }

    @Test
    void whoCannotBeAskedIsSaidAndKeepsNobodyElseFromIt() throws InterruptedException {
        List<Outlook> all = Outlook.of(dependencies("""
            - {name: a, version: 1.0.0, upstream: {flavour: github, url: team/none}}
            - {name: b, version: 1.0.0, upstream: {flavour: github, url: team/tool, constraints: ">9.0.0"}}
            - {name: c, version: 1.0.0}
            - {name: d, version: 1.0.0, upstream: {flavour: dummy}}
            """), upstreams());
        assertThat(all).hasSize(3);
        assertThat(all.getFirst()).isInstanceOf(Outlook.Unknown.class);
        assertThat(all.get(1))
                .isInstanceOfSatisfying(
                        Outlook.Unknown.class,
                        it -> assertThat(it.why()).contains("team/tool has no version that is >9.0.0"));
        assertThat(all.getLast()).isInstanceOf(Outlook.UpToDate.class);
    }

    @Test
    void aProgramErrorIsNoAnswer() {
        assertThatThrownBy(() -> of("version: 1.0.0, upstream: {flavour: ssm, path: /x}"))
                .isInstanceOf(IllegalStateException.class);
    }

    private Outlook of(String fields) throws InterruptedException {
        return Outlook.of(dependencies("- {name: x, " + fields + "}\n"), upstreams())
                .getFirst();
    }

    private static Dependencies dependencies(String items) {
        return Dependencies.of(("dependencies:\n" + items).getBytes(StandardCharsets.UTF_8), "d.yaml");
    }

    private FolderForge forge() {
        return new FolderForge(folder, "alice", InstantSource.fixed(Instant.EPOCH));
    }

    private Upstreams upstreams() {
        FolderForge forge = forge();
        return new Upstreams(
                new Upstreams.Forges() {
                    @Override
                    public Forge gitHub() {
                        return forge;
                    }

                    @Override
                    public Forge gitLab(Optional<URI> server) {
                        return forge;
                    }
                },
                registries,
                transport,
                new AmazonUpstreams(question -> {
                    throw new IllegalStateException("nobody asked Amazon");
                }));
    }
}
