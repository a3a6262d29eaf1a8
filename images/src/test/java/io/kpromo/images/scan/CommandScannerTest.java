// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that behave, and programs that don't.
final class CommandScannerTest {
    private static final Repository REPOSITORY = Repository.parse("registry.example/a");
    private static final Digest DIGEST = Digest.sha256(new byte[0]);

    @TempDir
    private Path folder;

    @Test
    void trivyIsToldWhichImageAndItsReportIsRead() throws Exception {
        String program = program("echo \"$@\" >" + folder + "/arguments; cat <<'END'\n" + Reports.TRIVY + "\nEND");
        assertThat(scan(CommandScanner.trivy(program)))
                .isInstanceOfSatisfying(
                        ScanResult.Scanned.class,
                        scanned -> assertThat(scanned.vulnerabilities()).hasSize(2));
        assertThat(folder.resolve("arguments"))
                .hasContent(
                        "image --quiet --image-src remote --scanners vuln --format json registry.example/a@" + DIGEST);
    }

    @Test
    void grypeIsToldToAskTheRegistry() throws Exception {
        String program = program("echo \"$@\" >" + folder + "/arguments; cat <<'END'\n" + Reports.GRYPE + "\nEND");
        assertThat(scan(CommandScanner.grype(program))).isInstanceOf(ScanResult.Scanned.class);
        assertThat(folder.resolve("arguments")).hasContent("-q -o json registry:registry.example/a@" + DIGEST);
    }

    @Test
    void aProgramThatFailsSaysWhyInItsLastLine() throws Exception {
        unknown("echo first >&2; echo 'no such image' >&2; exit 3", " ended with code 3: no such image");
    }

    @Test
    void aProgramThatFailsAfterAGoodReportHasNotScanned() throws Exception {
        unknown("echo '{\"matches\": []}'; exit 1", " ended with code 1");
    }

    @Test
    void aProgramThatWritesSomethingElseHasNotScanned() throws Exception {
        unknown("echo hello", " wrote something else than its report: the report is not valid: it is not JSON");
        unknown("true", " wrote something else than its report");
        unknown("echo '{}'", " wrote something else than its report");
    }

    @Test
    void aProgramThatIsNotThereIsToldAsSuch() throws Exception {
        assertThat(scan(CommandScanner.trivy(folder.resolve("none").toString())))
                .isEqualTo(new ScanResult.Unknown(
                        folder.resolve("none") + " can't be started; is it installed, and on the PATH?"));
    }

    @Test
    void aProgramThatDoesNotEndIsEnded() throws Exception {
        String program = program("exec tail -f /dev/null");
        assertThat(scan(CommandScanner.trivy(program).within(Duration.ofMillis(200))))
                .isEqualTo(new ScanResult.Unknown(program + " did not end within 0 s"));
    }

    @Test
    void aProgramThatNeverStopsWritingIsEnded() throws Exception {
        unknown("exec cat /dev/zero", " wrote more than");
    }

    @Test
    void aProgramThatSaysALotElsewhereIsStillRead() throws Exception {
        String program = program("head -c 1000000 /dev/zero >&2; echo '{\"matches\": []}'");
        assertThat(scan(CommandScanner.grype(program))).isInstanceOf(ScanResult.Scanned.class);
    }

    private void unknown(String script, String why) throws Exception {
        String program = program(script);
        assertThat(scan(CommandScanner.trivy(program)))
                .isInstanceOfSatisfying(
                        ScanResult.Unknown.class,
                        unknown -> assertThat(unknown.why()).startsWith(program + why));
    }

    private static ScanResult scan(CommandScanner scanner) throws InterruptedException {
        return scanner.scan(REPOSITORY, DIGEST);
    }

    private String program(String script) throws IOException {
        Path file = Files.createTempFile(
                folder,
                "scanner",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(file, "#!/bin/sh\n" + script + "\n").toString();
    }
}
