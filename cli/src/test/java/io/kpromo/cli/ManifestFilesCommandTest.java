// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFilesCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void twoFiles() throws IOException {
        Files.createDirectories(folder.resolve("linux"));
        Files.writeString(folder.resolve("linux/kubectl"), "content\n");
        Files.writeString(folder.resolve("readme"), "");
    }

    @Test
    void theSectionIsPrintedAndNothingElse() {
        Ran ran = kpromo("manifest", "files", "--src", folder.toString());
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).isEqualTo("""
            files:
            - name: linux/kubectl
              sha256: 434728a410a78f56fc1b5899c3593436e61ab0c731e9072d95e96db290205e53
            - name: readme
              sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
            """);
    }

    @Test
    void aPrefixIsTheBeginningOfNames() {
        assertThat(kpromo("manifest", "files", "--src", folder.toString(), "--prefix", "./linux/")
                        .out())
                .contains("linux/kubectl")
                .doesNotContain("readme");
        assertThat(kpromo("manifest", "files", "--src", folder.toString(), "--prefix=../x")
                        .code())
                .isEqualTo(2);
        assertThat(kpromo("manifest", "files", "--src", folder.toString(), "--prefix=/x")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void aPrefixThatEndsWithASlashIsAFolder() throws IOException {
        Files.writeString(folder.resolve("linux.txt"), "beside it");
        assertThat(kpromo("manifest", "files", "--src", folder.toString(), "--prefix", "linux/")
                        .out())
                .contains("linux/kubectl")
                .doesNotContain("linux.txt");
        assertThat(kpromo("manifest", "files", "--src", folder.toString(), "--prefix", "./linux")
                        .out())
                .contains("linux/kubectl", "linux.txt");
        assertThat(kpromo("manifest", "files", "--src", folder.toString(), "--prefix", "./")
                        .out())
                .contains("linux/kubectl", "linux.txt", "readme");
    }

    @Test
    void whatIsLeftOutIsSaidAndWhatCannotBeReadFailsWithoutAManifest() throws IOException {
        Files.createSymbolicLink(folder.resolve("out"), folder.getParent());
        Ran ran = kpromo("manifest", "files", "--src", folder.toString());
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).startsWith("warning: left out ").contains("/out: a link that leads out of");
        Files.createSymbolicLink(folder.resolve("gone"), Path.of("nowhere"));
        ran = kpromo("manifest", "files", "--src", folder.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("/gone: does not exist").contains("nothing is printed, for 1 file would be");
    }

    @Test
    void whereThereIsNoFileThatIsSaid() {
        Ran ran = kpromo("manifest", "files", "--src", folder.toString(), "--prefix", "none/");
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEqualTo("warning: no file whose name begins with none/ lies below " + folder + "\n");
        assertThat(kpromo("run", "files", "--threads", "x").err()).contains("'x' is not a whole number");
    }

    @Test
    void aFolderHasToBeNamedAndToBeThere() {
        assertThat(kpromo("manifest", "files").code()).isEqualTo(2);
        Ran ran = kpromo("manifest", "files", "--src", folder.resolve("none").toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("error: " + folder.resolve("none") + ": does not exist\n");
    }
}
