// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.store.StoreException;
import io.kpromo.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

@Timeout(60)
class FolderHashesTest {
    @TempDir
    Path folder;

    private final HashingCounts counts = new HashingCounts();

    @Test
    void filesOfAllFoldersComeInTheOrderOfAWalk() throws Exception {
        for (String name : List.of("a.txt", "a/b", "a/c/d", "a-b", "b", "grün", "A")) {
            write(name, name);
        }
        FolderHashes read = read("");
        assertThat(names(read)).containsExactly("A", "a/b", "a/c/d", "a-b", "a.txt", "b", "grün");
        assertThat(sums(read))
                .containsEntry("a/b", Digest.sha256("a/b".getBytes(UTF_8)).hex());
        assertThat(counts.files()).isEqualTo(7);
        assertThat(counts.bytes()).isEqualTo(5 + 3 + 5 + 3 + 1 + 5 + 1);
    }

    @Test
    void filesOfEverySizeAroundTheBufferHaveTheirOwnHash() throws Exception {
        byte[] bytes = new byte[600_000];
        new Random(1).nextBytes(bytes);
        for (int size : List.of(0, 1, 8191, 8192, 262_143, 262_144, 262_145, 524_288, 600_000)) {
            Files.write(folder.resolve("size-" + size), Arrays.copyOf(bytes, size));
        }
        Map<String, String> sums = sums(read(""));
        assertThat(sums).hasSize(9);
        sums.forEach((name, sum) -> {
            int size = Integer.parseInt(name.substring("size-".length()));
            assertThat(sum)
                    .as(name)
                    .isEqualTo(Digest.sha256(Arrays.copyOf(bytes, size)).hex());
        });
    }

    @Test
    void manyFilesInOneFolderAreAllThereOnce() throws Exception {
        Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < 1000; i++) {
            Files.writeString(folder.resolve("many/" + i), "content " + i);
        }
        assertThat(names(read("")))
                .containsExactlyElementsOf(IntStream.range(0, 1000)
                        .mapToObj(i -> "many/" + i)
                        .sorted()
                        .toList());
    }

    @Test
    void aPrefixChoosesNamesAndNothingElseIsRead() throws Exception {
        for (String name : List.of("linux/amd64/x", "linux/arm64/x", "linux-old/x", "windows/x")) {
            write(name, "");
        }
        assertThat(names(read("linux/a"))).containsExactly("linux/amd64/x", "linux/arm64/x");
        assertThat(names(read("linux"))).containsExactly("linux/amd64/x", "linux/arm64/x", "linux-old/x");
        assertThat(names(read("linux/amd64/x"))).containsExactly("linux/amd64/x");
        assertThat(names(read("linux/amd64/x/y"))).isEmpty();
        assertThat(names(read("none"))).isEmpty();
    }

    @Test
    void aLinkToAFileInTheFolderIsAFileAndOthersAreLeftOut(@TempDir Path elsewhere) throws Exception {
        write("bin/kubectl", "content");
        Files.writeString(elsewhere.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("kubectl"), Path.of("bin/kubectl"));
        Files.createSymbolicLink(folder.resolve("out"), elsewhere.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("outer"), elsewhere);
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("."));
        FolderHashes read = read("");
        assertThat(names(read)).containsExactly("bin/kubectl", "kubectl");
        assertThat(read.leftOut())
                .containsExactly(
                        folder.toRealPath() + "/loop: a link to a folder",
                        folder.toRealPath() + "/out: a link that leads out of " + folder.toRealPath(),
                        folder.toRealPath() + "/outer: a link that leads out of " + folder.toRealPath());
        assertThat(read.problems()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNamed() throws Exception {
        write("good", "");
        Files.createSymbolicLink(folder.resolve("gone"), Path.of("nowhere"));
        FolderHashes read = read("");
        assertThat(names(read)).containsExactly("good");
        assertThat(read.problems()).containsExactly(folder.toRealPath() + "/gone: does not exist");
    }

    @Test
    void aNameThatNoManifestCanHoldIsRefused() throws Exception {
        write("new\nline", "");
        write("back\\slash", "");
        assertThat(read("").problems())
                .hasSize(2)
                .allSatisfy(problem ->
                        assertThat(problem).contains("no manifest can name it").endsWith("rename it"));
    }

    @Test
    void aPipeIsLeftOutAndNotWaitedFor() throws Exception {
        Process made = new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start();
        assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
        FolderHashes read = read("");
        assertThat(names(read)).isEmpty();
        assertThat(read.leftOut()).containsExactly(folder.toRealPath() + "/pipe: not a file");
    }

    @Test
    void whatIsNoFolderIsSaidToBeNone() throws Exception {
        write("file", "");
        assertThatThrownBy(() -> FolderHashes.of(folder.resolve("file"), "", counts))
                .isInstanceOf(StoreException.class)
                .hasMessage(folder.resolve("file") + " is not a folder");
        assertThatThrownBy(() -> FolderHashes.of(folder.resolve("none"), "", counts))
                .isInstanceOf(StoreException.class)
                .hasMessage(folder.resolve("none") + ": does not exist");
    }

    @Test
    void theSectionIsWhatThePromoterInGoPrints() throws Exception {
        write("linux/amd64/kubectl", "content\n");
        write("1.10", "");
        assertThat(text(read(""))).isEqualTo("""
                files:
                - name: "1.10"
                  sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                - name: linux/amd64/kubectl
                  sha256: 434728a410a78f56fc1b5899c3593436e61ab0c731e9072d95e96db290205e53
                """);
    }

    @Test
    void theSectionOfAFolderWithoutFilesIsAnEmptyMap() throws Exception {
        assertThat(text(read(""))).isEqualTo("{}\n");
    }

    @Test
    void aSectionThatIsWrittenInPiecesHasAllFilesInTheirOrder() throws Exception {
        StringBuilder expected = new StringBuilder("files:\n");
        for (int i = 1000; i < 2500; i++) {
            write("größe-" + i, "");
            expected.append("- name: größe-%d\n  sha256: %s\n"
                    .formatted(i, Digest.sha256(new byte[0]).hex()));
        }
        FolderHashes read = read("");
        assertThat(text(read)).isEqualTo(expected.toString()).hasSizeGreaterThan(2 * (64 << 10));
        assertThat(read.files().size()).isEqualTo(1500);
        assertThat(counts.found()).isEqualTo(counts.files()).isEqualTo(1500);
    }

    @Test
    void foldersAndFilesStandInTheOrderOfTheirNames() throws Exception {
        for (String name : List.of("a.txt", "a/b", "a-b/c", "a/b.d/e", "z", "a\uD83D\uDE00", "a\uFB01", "b/x")) {
            write(name, "");
        }
        assertThat(names(read("")))
                .containsExactly("a/b", "a/b.d/e", "a-b/c", "a.txt", "a\uFB01", "a\uD83D\uDE00", "b/x", "z");
    }

    private FolderHashes read(String prefix) throws InterruptedException {
        return FolderHashes.of(folder, prefix, counts);
    }

    private static String text(FolderHashes read) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        read.files().write(written);
        return written.toString(UTF_8);
    }

    /// By name, in the order in which they stand.
    private static Map<String, String> sums(FolderHashes read) throws IOException {
        Map<?, ?> section = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text(read));
        Map<String, String> sums = new LinkedHashMap<>();
        if (section.get("files") instanceof List<?> files) {
            for (Object file : files) {
                Map<?, ?> entry = (Map<?, ?>) file;
                sums.put(String.valueOf(entry.get("name")), String.valueOf(entry.get("sha256")));
            }
        }
        return sums;
    }

    private static List<String> names(FolderHashes read) throws IOException {
        return List.copyOf(sums(read).keySet());
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
