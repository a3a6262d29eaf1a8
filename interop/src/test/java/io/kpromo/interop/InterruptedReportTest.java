// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.github.FakeGitHub;
import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.fault.Effect;
import io.kpromo.registry.fault.Fault;
import io.kpromo.registry.fault.Gate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs that are told to stop half-way, as by the machine they run on, and what their reports say.
@Timeout(120)
class InterruptedReportTest {
    @TempDir
    private Path folder;

    private record Stopped(Kpromo.Ended ended, JsonNode report, String page) {}

    @Test
    void aPromotionThatIsToldToStopReportsWhatIsDoneAndWhatIsLeft() throws IOException, InterruptedException {
        try (Stage stage = Stage.open(folder, Stage.images(2))) {
            Stopped stopped = stopped(
                    stage.mirrors().getFirst(),
                    Kind.PUT_MANIFEST,
                    "cip",
                    "--manifest=" + stage.manifest(),
                    "--sign=false",
                    "--confirm");

            assertStopped(stopped, 8);
            assertThat(stopped.report.at("/edges/begun").asInt()).isPositive();
            assertThat(stopped.report.at("/edges/undecided").asInt()).isZero();
            assertThat(stopped.report.at("/findings/0/outcome").asString())
                    .as(stopped.report.at("/findings").toString())
                    .isEqualTo("begun");
            assertThat(stopped.report.at("/findings/0/why").asString()).contains("interrupted");
        }
    }

    @Test
    void aPromotionThatIsToldToStopWhileItLooksHasDecidedNothing() throws IOException, InterruptedException {
        try (Stage stage = Stage.open(folder, Stage.images(2))) {
            Stopped stopped = stopped(
                    stage.mirrors().getFirst(),
                    Kind.HEAD_MANIFEST,
                    "cip",
                    "--manifest=" + stage.manifest(),
                    "--sign=false",
                    "--confirm");

            assertStopped(stopped, 8);
            assertThat(stopped.report.at("/edges/undecided").asInt()).isEqualTo(8);
            assertThat(cells(stopped, "images")).containsOnly("nn");
        }
    }

    @Test
    void aPromotionOfFilesReportsEachThatIsDoneThatWasUnderWayAndThatIsLeft() throws IOException, InterruptedException {
        Path last = folder.resolve("mirror/v1/b");
        try (Registry registry = registry()) {
            Stopped stopped = stopped(registry, Kind.PUT_TAG, files(registry, List.of("v1/a", "v1/b")));

            assertStopped(stopped, 4);
            // One file at a time: while the first can't end, the second does not begin.
            assertThat(cells(stopped, "files").getFirst()).isIn("cb", "bb");
            assertThat(cells(stopped, "files").getLast()).isEqualTo("CC");
            assertThat(last).doesNotExist();
            assertThat(stopped.ended.out()).contains("START").doesNotContain("FINISHED");

            registry.faults().clear();
            Kpromo.Ended rerun = Kpromo.at(folder).run(files(registry, List.of("v1/a", "v1/b")));
            assertThat(rerun.exit()).as(rerun.story()).isZero();
            assertThat(last).hasContent("content of v1/b");
        }
    }

    @Test
    void aRunThatIsToldToStopWhileItSignsSaysSo() throws IOException, InterruptedException {
        Kpromo signing = Kpromo.at(folder).signing();
        try (Registry registry = registry()) {
            List<String> words = new ArrayList<>(List.of(files(registry, List.of("v1/a"))));
            words.remove("--sign=false");
            words.add("--key=" + folder.resolve("signer.key"));
            Stopped stopped = stopped(signing, registry, Kind.PUT_MANIFEST, words.toArray(String[]::new));

            assertStopped(stopped, 2);
            assertThat(cells(stopped, "files")).containsExactly("cc");
            assertThat(stopped.ended.err()).contains("0 of 1 file signed; run the same command again to sign the rest");
        }
    }

    @Test
    void mirroringReleasesReportsWhatIsLeft() throws IOException, InterruptedException {
        try (Registry registry = registry();
                FakeGitHub gitHub = new FakeGitHub(Instant::now)) {
            gitHub.release("v1.0.0", "release").file("a", "aaa").file("b", "bb");
            Stopped stopped = stopped(
                    registry,
                    Kind.PUT_TAG,
                    "gh",
                    "--org=o",
                    "--repo=r",
                    "--github-api=" + gitHub.address(),
                    "--bucket=oci://" + registry.host() + "/files",
                    "--sign=false",
                    "--threads=1");

            assertStopped(stopped, 2);
            assertThat(cells(stopped, "files")).containsExactly("b", "C");
        }
    }

    /// Nobody takes what it prints, so that it stands still where nothing can wake it.
    @Test
    void aRunThatCannotEndInOrderReportsAllTheSame() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            names.add("v1/a-file-with-a-name-that-takes-some-room-in-what-is-printed-" + (10_000 + i));
        }
        try (Registry registry = registry()) {
            Process process = new ProcessBuilder(
                            Kpromo.command(reporting(files(registry, names)).toArray(String[]::new)))
                    .redirectError(folder.resolve("err").toFile())
                    .start();
            try {
                // The first bytes come before it looks at anything, all others at once when it has decided.
                process.getInputStream().readNBytes("********** START **********\nCOPY".length());
                // Process.destroy would close the pipe as well, and what is printed would fail instead of waiting.
                process.toHandle().destroy();
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }

            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(report().at("/result").asString()).isEqualTo("interrupted");
            assertThat(report().at("/edges/to-copy").asInt()).isEqualTo(2_000);
            assertThat(page()).contains("Interrupted: 0 of 2,000 edges are in place");
        }
    }

    private Registry registry() throws IOException {
        return Registry.open(RegistryOptions.in(folder.resolve("registry")));
    }

    /// To a folder and a registry, one after the other.
    private String[] files(Registry registry, List<String> names) throws IOException {
        StringBuilder yaml = new StringBuilder("files:\n");
        for (String name : names) {
            byte[] content = ("content of " + name).getBytes(StandardCharsets.UTF_8);
            Path file = folder.resolve("staging").resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, content);
            yaml.append("- name: %s\n  sha256: %s\n"
                    .formatted(name, Digest.sha256(content).hex()));
        }
        Path filestores = Files.writeString(folder.resolve("filestores.yaml"), """
            filestores:
            - base: file://%1$s/staging
              src: true
            - base: file://%1$s/mirror
            - base: oci://%2$s/prod
            """.formatted(folder, registry.host()));
        return new String[] {
            "run",
            "files",
            "--filestores=" + filestores,
            "--files=" + Files.writeString(folder.resolve("files.yaml"), yaml),
            "--sign=false",
            "--confirm",
            "--threads=1"
        };
    }

    private List<String> reporting(String... command) {
        return Stream.concat(
                        Stream.of(command),
                        Stream.of(
                                "--report=" + folder.resolve("report.html"),
                                "--report-json=" + folder.resolve("report.json")))
                .toList();
    }

    /// Runs it until the registry gets such a request, which it never answers, and tells it to stop.
    private Stopped stopped(Registry registry, Kind at, String... command) throws IOException, InterruptedException {
        return stopped(Kpromo.at(folder), registry, at, command);
    }

    private Stopped stopped(Kpromo kpromo, Registry registry, Kind at, String... command)
            throws IOException, InterruptedException {
        Gate closed = new Gate();
        registry.faults().add(Fault.on(at).by(new Effect.Stalls(closed)));
        try (Kpromo.Running running = kpromo.start(reporting(command).toArray(String[]::new))) {
            closed.awaitArrival();
            running.signal("TERM");
            boolean inTime = running.process().waitFor(2, TimeUnit.SECONDS);
            Kpromo.Ended ended = running.ended();
            assertThat(inTime).as(ended.story()).isTrue();
            return new Stopped(ended, report(), page());
        } finally {
            closed.open();
        }
    }

    private JsonNode report() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(folder.resolve("report.json")));
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("report.html"));
    }

    private static List<String> cells(Stopped stopped, String what) {
        List<String> cells = new ArrayList<>();
        stopped.report
                .at("/matrix/" + what)
                .forEach(row -> cells.add(row.at("/cells").asString()));
        return cells;
    }

    private static void assertStopped(Stopped stopped, int edges) {
        assertThat(stopped.ended.exit()).as(stopped.ended.story()).isEqualTo(130);
        assertThat(stopped.ended.err()).contains("interrupted").contains("again");
        assertThat(stopped.report.at("/result").asString()).isEqualTo("interrupted");
        assertThat(stopped.report.at("/confirmed").asBoolean()).isTrue();
        assertThat(stopped.report.at("/edges/total").asInt()).isEqualTo(edges);
        assertThat(stopped.page).contains("<h1 class=\"interrupted\">Interrupted: ");
    }
}
