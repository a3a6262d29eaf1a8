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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `kpromo run files` and the commands around it say where something is in the way, and how they end.
class FilesEndTest {
    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void aManifestWhoseFileIsNowhere() throws IOException {
        Files.createDirectories(folder.resolve("staging"));
        Files.writeString(folder.resolve("filestores.yaml"), """
            filestores:
            - base: file://%1$s/staging
              src: true
            - base: file://%1$s/prod
            """.formatted(folder));
        Files.writeString(folder.resolve("files.yaml"), """
            files:
            - name: gone
              sha256: %s
            """.formatted(
                        Digest.sha256("gone".getBytes(StandardCharsets.UTF_8)).hex()));
    }

    @Test
    void aFileThatMayNotBeMissingIsAnErrorInWhatIsPrinted() {
        String line = folder + "/files.yaml:2:9: missing: neither file://" + folder + "/staging/gone nor file://"
                + folder + "/prod/gone is there\n";
        Ran ran = run("--confirm", "--fail-on-missing");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .isEqualTo("********** START **********\n********** FINISHED WITH ERRORS **********\n" + line);
        assertThat(ran.err()).endsWith("failed: 1 missing (edges)\n").doesNotContain("neither");

        Ran warned = run("--confirm");
        assertThat(warned.out()).isEqualTo("********** START **********\n********** FINISHED **********\n");
        assertThat(warned.err()).contains("warning: " + line);
    }

    @Test
    void aReportThatCannotBeWrittenIsNamedAndTheOtherIsWritten() throws IOException {
        Path json = Files.createSymbolicLink(folder.resolve("r.json"), folder.resolve("none/r.json"));
        Path html = folder.resolve("r.html");
        Ran ran = run("--report-json", json.toString(), "--report", html.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("error: cannot write the report " + json + ": no such file");
        assertThat(html).content().contains("</html>");
    }

    @Test
    void twoReportsNeedTwoFiles() {
        Path file = folder.resolve("report");
        Ran ran = run("--report", file.toString(), "--report-json", folder + "/./report");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--report and --report-json name one file: " + file);
        assertThat(file).doesNotExist();
    }

    @Test
    void anEmptyPathIsNotTheFolderThatSomebodyStandsIn() {
        for (List<String> words : List.of(
                List.of("run", "files", "--manifests="),
                List.of("manifest", "files", "--src", ""),
                List.of("manifest", "validate", ""))) {
            Ran ran = kpromo(words.toArray(String[]::new));
            assertThat(ran.code()).as(words.toString()).isEqualTo(2);
            assertThat(ran.err()).contains("empty, and names no file or folder; is a variable not set?");
        }
    }

    @Test
    void halfATreeOfFilesIsATreeOfFiles() throws IOException {
        Files.createDirectories(folder.resolve("filestores/k8s"));
        Ran ran = kpromo("manifest", "validate", folder.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .isEqualTo("error: " + folder + ": has no folder \"manifests\"; a tree holds"
                        + " filestores/<project>/filepromoter-manifest.yaml and manifests/<project>/*.yaml\n");
    }

    private Ran run(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "run", "files", "--filestores", folder + "/filestores.yaml", "--files", folder + "/files.yaml"));
        words.addAll(List.of(more));
        return kpromo(words.toArray(String[]::new));
    }
}
