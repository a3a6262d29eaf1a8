// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Promotions of files into folders that end before their time: no folder ever shows a part of a file, or a wrong
/// one, and the next run does the rest.
@Timeout(600)
class FilesCutShortTest {
    private static final int FILES = 60;
    private static final List<String> DESTINATIONS = List.of("eu", "us");

    @TempDir
    private Path folder = Path.of("");

    private final Random random = new Random(5);
    private final Map<String, byte[]> wanted = new LinkedHashMap<>();

    @BeforeEach
    void aSource() throws IOException {
        StringBuilder files = new StringBuilder("files:\n");
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[i % 20 == 0 ? 9_000_000 : random.nextInt(200_000)];
            random.nextBytes(content);
            String name = "release-" + i % 3 + "/file " + i;
            wanted.put(name, content);
            Path file = folder.resolve("staging").resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            files.append("- name: ")
                    .append(name)
                    .append("\n  sha256: ")
                    .append(Digest.sha256(content).hex())
                    .append('\n');
        }
        Files.writeString(folder.resolve("files.yaml"), files);
        Files.writeString(folder.resolve("filestores.yaml"), """
                filestores:
                - base: file://%1$s/staging
                  src: true
                - base: file://%1$s/eu
                - base: file://%1$s/us
                """.formatted(folder));
    }

    @Test
    void aRunThatIsKilledShowsNoPartOfAFileAndTheNextOneFinishes() throws Exception {
        killed(3);
    }

    @Test
    @Tag("slow")
    void noKillOfManyShowsPartsOfFiles() throws Exception {
        killed(60);
    }

    private void killed(int rounds) throws IOException, InterruptedException {
        Kpromo kpromo = Kpromo.at(folder);
        for (int round = 0; round < rounds; round++) {
            int nth = random.nextInt(2 * FILES);
            Kpromo.Ended ended;
            try (Kpromo.Running running = kpromo.start(promotion())) {
                awaitUntil(running, () -> count() >= nth);
                running.kill();
                ended = running.ended();
            }
            String when = "round " + round + ", killed at file " + nth;
            assertThat(ended.exit()).as(when + ": " + ended.story()).isIn(137, 0);
            assertNothingWrong(when);
            Kpromo.Ended rerun = kpromo.run(promotion());
            assertThat(rerun.exit()).as(when + ", the rerun: " + rerun.story()).isZero();
            assertNothingWrong(when + ", after the rerun");
            assertThat(shown()).as(when).hasSize(FILES * DESTINATIONS.size());
            for (Path draft : drafts()) {
                // Killed between giving a file its name and taking the first one away.
                assertThat((Integer) Files.getAttribute(draft, "unix:nlink"))
                        .as(when + ": " + draft)
                        .isGreaterThan(1);
            }
            clear();
        }
    }

    @Test
    void aRunThatIsInterruptedSaysWhereItStandsAndLeavesNothingHalfDone() throws Exception {
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("staging/large").toFile(), "rw")) {
            large.setLength(4L << 30);
        }
        Files.writeString(
                folder.resolve("files.yaml"),
                "files:\n- name: large\n  sha256: " + Digest.sha256(new byte[0]).hex() + "\n");
        Kpromo kpromo = Kpromo.at(folder);
        Kpromo.Ended ended;
        try (Kpromo.Running running = kpromo.start(promotion())) {
            awaitUntil(running, () -> !drafts().isEmpty());
            running.signal("INT");
            ended = running.ended();
        }
        assertThat(ended.exit()).as(ended.story()).isEqualTo(130);
        assertThat(ended.err()).contains("run the same command again");
        assertThat(shown()).isEmpty();
        // It has little time to leave: on a busy machine it may not be enough, and then it says so.
        boolean inOrder = !ended.err().contains("before everything was in order");
        assertThat(inOrder ? drafts() : List.of()).as(ended.story()).isEmpty();
    }

    @Test
    void aFullDiskIsAClearErrorAndTheOtherDestinationGetsAll() throws Exception {
        Assumptions.assumeTrue(
                new ProcessBuilder("unshare", "-rm", "true").start().waitFor() == 0, "no namespaces here");
        Files.createDirectories(folder.resolve("us"));
        List<String> command = new ArrayList<>(
                List.of("unshare", "-rm", "sh", "-c", """
                mount -t tmpfs -o size=12m none "$0" || exit 99
                "$@"; code=$?
                find "$0" -type f -printf '%P\\t%s\\n'
                exit $code
                """, folder.resolve("us").toString()));
        command.addAll(Kpromo.command(promotion()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String out = Files.readString(folder.resolve("out"));
        Assumptions.assumeTrue(process.exitValue() != 99, "no file systems can be mounted here");
        assertThat(process.exitValue()).as(out).isEqualTo(1);
        assertThat(out)
                .contains("********** FINISHED WITH ERRORS **********\n")
                .containsPattern(
                        "/us/release-[0-9]/file [0-9]+: No space left on device; make room there and run again");
        out.lines().filter(line -> line.contains("\t")).forEach(line -> {
            String[] parts = line.split("\t", -1);
            assertThat(wanted).containsKey(parts[0]);
            assertThat(wanted.get(parts[0])).hasSize(Integer.parseInt(parts[1]));
        });
        wanted.forEach((name, content) ->
                assertThat(folder.resolve("eu").resolve(name)).hasBinaryContent(content));
    }

    /// Looks again and again; a promotion that has ended gets no further.
    private static void awaitUntil(Kpromo.Running running, BooleanSupplier reached) throws InterruptedException {
        boolean ended = false;
        while (!ended && !reached.getAsBoolean()) {
            ended = running.process().waitFor(2, TimeUnit.MILLISECONDS);
        }
    }

    private String[] promotion() {
        return new String[] {
            "run",
            "files",
            "--filestores=" + folder.resolve("filestores.yaml"),
            "--files=" + folder.resolve("files.yaml"),
            "--confirm"
        };
    }

    private void assertNothingWrong(String when) throws IOException {
        for (Path file : shown()) {
            Path below = folder.relativize(file);
            String name = below.subpath(1, below.getNameCount()).toString();
            assertThat(wanted).as(when).containsKey(name);
            assertThat(file).as(when).hasBinaryContent(wanted.get(name));
        }
    }

    /// Files under their names.
    private List<Path> shown() {
        return all().stream().filter(path -> !isDraft(path)).toList();
    }

    private List<Path> drafts() {
        return all().stream().filter(FilesCutShortTest::isDraft).toList();
    }

    private static boolean isDraft(Path path) {
        return path.getFileName().toString().startsWith(".kpromo-");
    }

    private int count() {
        return shown().size();
    }

    private List<Path> all() {
        List<Path> all = new ArrayList<>();
        for (String destination : DESTINATIONS) {
            try (Stream<Path> files = Files.walk(folder.resolve(destination))) {
                files.filter(Files::isRegularFile).forEach(all::add);
            } catch (NoSuchFileException e) {
                // Not made yet.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (UncheckedIOException e) {
                // Something went away meanwhile: look again next time.
            }
        }
        return all;
    }

    private void clear() throws IOException {
        for (Path file : all()) {
            Files.delete(file);
        }
    }
}
