// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two projects want the same file in the same place, each from a source of its own.
class SeveralSourcesTest {
    private static final String CONTENT = "content of kubectl";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void aTreeOfTwoProjects() throws IOException {
        for (String project : List.of("a", "b")) {
            Files.createDirectories(folder.resolve(project));
            write("tree/filestores/" + project + "/filepromoter-manifest.yaml", """
                filestores:
                - base: file://%1$s/%2$s
                  src: true
                - base: file://%1$s/prod
                """.formatted(folder, project));
            write("tree/manifests/" + project + "/files.yaml", """
                files:
                - name: kubectl
                  sha256: %s
                """.formatted(
                    Digest.sha256(CONTENT.getBytes(StandardCharsets.UTF_8)).hex()));
        }
    }

    @Test
    void aFileIsToldOfOnceWhicheverSourceGaveIt() throws IOException {
        for (String project : List.of("b", "a")) {
            Files.deleteIfExists(folder.resolve("prod/kubectl"));
            write(project + "/kubectl", CONTENT);

            Ran ran = run("--confirm");

            assertThat(ran.err()).contains("done: 1 copied (edges)");
            assertThat(rows()).containsExactly("file://" + folder + "/" + project + "/kubectl");
        }
        assertThat(run("--confirm").err()).contains("nothing to do: 1 up to date (edges)");
    }

    @Test
    void aFileThatNoneOfThemHasIsMissingOnce() throws IOException {
        assertThat(run("--confirm").err()).endsWith("nothing to do: 1 missing (edges)\n");
        assertThat(rows()).containsExactly("file://" + folder + "/a/kubectl");
    }

    private Ran run(String... more) {
        return kpromo(List.of(
                        List.of(
                                "run",
                                "files",
                                "--manifests",
                                folder.resolve("tree").toString(),
                                "--report-json",
                                report().toString()),
                        List.of(more))
                .stream()
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    private Path report() {
        return folder.resolve("report.json");
    }

    private List<String> rows() throws IOException {
        JsonNode report = new JsonMapper().readTree(Files.readString(report()));
        return report.path("matrix")
                .path("files")
                .valueStream()
                .map(row -> row.path("file").asString())
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
