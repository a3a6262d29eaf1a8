// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Promotions of files to stores that others wrote, killed somewhere on their way: no store ever shows a part of a
/// file, or a wrong one; the next run does the rest, and the one after that writes nothing.
@Tag("interop")
@Timeout(3000)
class KilledFilesTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder = Path.of("");

    private final Random random = new Random(11);
    private final Map<String, byte[]> wanted = new LinkedHashMap<>();
    private long bytes;

    /// Of all ways to be sent: in one request from memory, as a stream, and in parts.
    @BeforeEach
    void aSource() throws IOException {
        for (int i = 0; i < 20; i++) {
            file("v1.0/dir-" + i % 3 + "/file-" + i, random.nextInt(200_000));
        }
        file("v1.0/empty", 0);
        file("v1.0/streamed", 9 * MIB);
        file("v1.0/in-parts", 70 * MIB);
        StringBuilder files = new StringBuilder("files:\n");
        wanted.forEach((name, content) -> files.append("- name: ")
                .append(name)
                .append("\n  sha256: ")
                .append(Digest.sha256(content).hex())
                .append('\n'));
        Files.writeString(folder.resolve("files.yaml"), files);
    }

    private void file(String name, int size) throws IOException {
        byte[] content = new byte[size];
        random.nextBytes(content);
        wanted.put(name, content);
        bytes += size;
        Path file = folder.resolve("staging").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    @Test
    void aRunThatIsKilledShowsNoPartOfAFileInAnyStore() throws Exception {
        killed(1);
    }

    @Test
    @Tag("slow")
    void noKillOfManyShowsPartsOfFiles() throws Exception {
        killed(15);
    }

    /// @param times for each kind of store, and for all of them together
    private void killed(int times) throws IOException, InterruptedException {
        try (ShelvesOfOthers shelves = ShelvesOfOthers.start(folder)) {
            for (int i = 0; i < times; i++) {
                for (List<Shelf> into : shelves.each("round-" + i)) {
                    round(shelves, into);
                }
            }
        }
    }

    private void round(ShelvesOfOthers shelves, List<Shelf> into) throws IOException, InterruptedException {
        StringBuilder filestores =
                new StringBuilder("filestores:\n- base: file://" + folder + "/staging\n  src: true\n");
        into.forEach(shelf -> filestores.append(shelf.filestore()));
        Files.writeString(folder.resolve("filestores.yaml"), filestores);
        long at = random.nextLong(bytes * into.size() / (random.nextBoolean() ? 10 : 1));
        String when = into + ", killed at byte " + at;
        Kpromo kpromo = shelves.tell(Kpromo.at(folder));
        Path trace = folder.resolve("trace");

        Kpromo.Ended ended;
        try (Kpromo.Running running = kpromo.start(promotion(trace))) {
            shelves.afterBytes(at, running::kill);
            ended = running.ended();
        } finally {
            shelves.neverMind();
        }
        assertThat(ended.exit()).as(when + ": " + ended.story()).isIn(137, 0);
        assertNothingWrong(into, when);

        Kpromo.Ended rerun = kpromo.run(promotion(trace));
        assertThat(rerun.exit()).as(when + ", the rerun: " + rerun.story()).isZero();
        assertNothingWrong(into, when + ", after the rerun");
        for (Shelf shelf : into) {
            assertThat(shelf.files(wanted.keySet())).as(when).containsOnlyKeys(wanted.keySet());
            assertThat(shelf.unfinished()).as(when).isEmpty();
        }

        Files.delete(trace);
        Kpromo.Ended again = kpromo.run(promotion(trace));
        assertThat(again.exit()).as(when + ", the run after: " + again.story()).isZero();
        assertThat(again.err()).as(when).contains("nothing to do");
        assertThat(FilesBetweenStoresTest.writes(trace)).as(when).isEmpty();
    }

    private void assertNothingWrong(List<Shelf> shelves, String when) throws IOException, InterruptedException {
        for (Shelf shelf : shelves) {
            for (Map.Entry<String, byte[]> shown : shelf.files(wanted.keySet()).entrySet()) {
                assertThat(wanted).as(when).containsKey(shown.getKey());
                assertThat(shown.getValue()).as(when + ": " + shown.getKey()).isEqualTo(wanted.get(shown.getKey()));
            }
        }
    }

    private String[] promotion(Path trace) {
        return new String[] {
            "run",
            "files",
            "--filestores=" + folder.resolve("filestores.yaml"),
            "--files=" + folder.resolve("files.yaml"),
            "--trace-requests=" + trace,
            "--sign=false",
            "--confirm"
        };
    }
}
