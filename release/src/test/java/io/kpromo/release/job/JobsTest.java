// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.WorkflowRun;
import io.kpromo.forge.folder.FolderForge;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.release.config.PromotionJob;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
    @TempDir
    Path folder;

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpTransport transport = HttpTransport.open(TransportOptions.standard());
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private Optional<JobToken> token = Optional.empty();
    private String wanted = "";
    private HttpServer server;
    private FolderForge forge;

    @BeforeEach
    void serve() throws IOException {
        forge = new FolderForge(folder, "ann", InstantSource.system());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            String sent =
                    Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
            shown.add(sent);
            if (!sent.equals(wanted) && !wanted.isEmpty()) {
                exchange.sendResponseHeaders(401, -1);
                exchange.close();
                return;
            }
            Optional<String> page =
                    Optional.ofNullable(pages.get(exchange.getRequestURI().getPath()));
            byte[] body = page.orElse("").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page.isPresent() ? 200 : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        transport.close();
    }

    @Test
    void aJobOfProwThatNeverRanHasNoRun() throws InterruptedException {
        assertThat(newest(prow())).isEmpty();
        assertThat(asked).containsExactly("/logs/promo/latest-build.txt");
    }

    @Test
    void aRunOfProwGoesOnUntilItSaysHowItEnded() throws InterruptedException {
        pages.put("/logs/promo/latest-build.txt", "17\n");
        assertThat(newest(prow())).map(JobRun::state).contains(JobRun.State.RUNNING);
        pages.put("/logs/promo/17/started.json", "{\"timestamp\":1}");
        assertThat(newest(prow())).map(JobRun::state).contains(JobRun.State.RUNNING);
        pages.put("/logs/promo/17/finished.json", "{\"passed\":false,\"result\":\"FAILURE\"}");
        assertThat(newest(prow())).map(JobRun::state).contains(JobRun.State.FAILED);
        pages.put("/logs/promo/17/finished.json", "{\"passed\":true,\"result\":\"SUCCESS\"}");
        assertThat(newest(prow()))
                .contains(new JobRun("17", "run 17", JobRun.State.SUCCEEDED, at("/logs/promo/17/build-log.txt")));
    }

    @Test
    void whatIsNoNumberOfARunIsRefused() {
        pages.put("/logs/promo/latest-build.txt", "../../secret");

        assertThatThrownBy(() -> newest(prow()))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("no number");
        assertThat(asked).hasSize(1);
    }

    @Test
    void bucketsOfGoogleAreReadByHttps() {
        URI logs = new ProwLogs(
                        new Pages(new JobAccess(transport, Optional.empty())),
                        URI.create("gs://kubernetes-ci-logs/logs/promo"))
                .folder();

        assertThat(logs).hasToString("https://storage.googleapis.com/kubernetes-ci-logs/logs/promo/");
    }

    @Test
    void theNewestRunOfAPipelineIsReadFromTektonResults() throws InterruptedException {
        String run = """
            {"metadata":{"name":"promote-x7"},"status":{"conditions":[{"type":"Succeeded","status":"False"}]}}\
            """;
        pages.put("/apis/results.tekton.dev/v1alpha2/parents/ci/results/-/records", """
            {"records":[{"name":"ci/results/a/records/b","data":{"value":"%s"}}]}\
            """.formatted(
                        Base64.getEncoder().encodeToString(run.getBytes(StandardCharsets.UTF_8))));

        JobRun newest = newest(new PromotionJob.Tekton(at(""), "ci", "promote")).orElseThrow();
        assertThat(newest.state()).isEqualTo(JobRun.State.FAILED);
        assertThat(newest.name()).isEqualTo("run promote-x7");
        assertThat(newest.log().toString()).endsWith("/parents/ci/results/a/records/b");
    }

    @Test
    void whereTektonAsksForATokenItSaysWhichVariablesToSet() {
        wanted = "Bearer hush";

        assertThatThrownBy(() -> newest(new PromotionJob.Tekton(at(""), "ci", "promote")))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("401")
                .hasMessageContaining("set TEKTON_RESULTS_TOKEN")
                .hasMessageContaining("TEKTON_RESULTS_URL to " + at(""));
    }

    @Test
    void theTokenOfTektonIsShownToItsHost() throws InterruptedException {
        wanted = "Bearer hush";
        token = Optional.of(new JobToken(at("/somewhere"), Secret.of("hush")));

        assertThat(newest(new PromotionJob.Tekton(at(""), "ci", "promote"))).isEmpty();
        assertThat(shown).containsExactly("Bearer hush");
    }

    @Test
    void theTokenOfTektonIsShownToNobodyElse() throws InterruptedException {
        token = Optional.of(new JobToken(URI.create("https://tekton.example.org"), Secret.of("hush")));

        assertThat(newest(new PromotionJob.Tekton(at(""), "ci", "promote"))).isEmpty();
        assertThat(newest(prow())).isEmpty();
        assertThat(shown).containsExactly("", "");
    }

    @Test
    void aTokenGoesNowhereWithoutEncryption() {
        assertThatThrownBy(() -> new JobToken(URI.create("http://tekton.example.org"), Secret.of("hush")))
                .isInstanceOf(InvalidNameException.class)
                .hasMessageNotContaining("hush");
    }

    @Test
    void jobsOfTheForgeAreAskedOfTheForge() throws InterruptedException {
        Slug tool = Slug.of("team/tool");
        CommitId head = forge.create(tool, List.of(SourceFile.of("a", "b")));
        RefName main = new RefName("main");
        PromotionJob job = new PromotionJob.Workflow(tool, "promote.yml", main);
        assertThat(newest(job)).isEmpty();

        forge.run(
                tool,
                main,
                new WorkflowRun(
                        "5", "promote.yml", head, WorkflowRun.State.CANCELLED, Instant.EPOCH, at("/actions/runs/5")));
        assertThat(newest(job)).contains(new JobRun("5", "promote.yml 5", JobRun.State.FAILED, at("/actions/runs/5")));
    }

    private Optional<JobRun> newest(PromotionJob job) throws InterruptedException {
        return new Jobs(new JobAccess(transport, token), forge).newest(job);
    }

    private PromotionJob prow() {
        return new PromotionJob.Prow(at("/logs/promo"));
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }
}
