// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.images.scan.ScanReport;
import io.kpromo.images.scan.ScanResult;
import io.kpromo.images.scan.Severity;
import io.kpromo.images.scan.Vulnerability;
import io.kpromo.images.trust.Staged;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `cip --vuln-severity-threshold`, and how what it finds is told.
class VulnerabilitiesTest {
    private static final Staged STAGED = new Staged(Repository.parse("gcr.io/stage/a"), Digest.sha256(new byte[0]));
    private static final Vulnerability HIGH =
            new Vulnerability("CVE-2026-0001", "libssl3", "3.0.11-1", Optional.of("3.0.13-1"), Severity.HIGH);
    private static final Vulnerability LOW =
            new Vulnerability("CVE-2026-0002", "bash", "5.2", Optional.empty(), Severity.LOW);

    @TempDir
    Path folder;

    private Registry staging;
    private Registry mirror;

    @BeforeEach
    void start() throws IOException {
        staging = Registry.open(RegistryOptions.in(folder.resolve("staging")));
        mirror = Registry.open(RegistryOptions.in(folder.resolve("mirror")));
    }

    @AfterEach
    void stop() {
        staging.close();
        mirror.close();
    }

    @Test
    void anImageThatNobodyHasScannedFailsAndNothingIsWritten() throws IOException {
        String image = stage();
        Path report = folder.resolve("report.json");
        Ran ran = kpromo(
                "cip",
                "--manifest",
                manifest(image),
                "--vuln-severity-threshold=3",
                "--confirm",
                "--report-json=" + report);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("not checked: no report of a scan is attested")
                .contains("1 image checked");
        assertThat(mirror.folder().repositories()).isEmpty();
        JsonNode json = JsonMapper.shared().readTree(Files.readString(report));
        assertThat(json.path("result").asString()).isEqualTo("unknown");
        assertThat(json.path("images").path(0).path("image").asString())
                .isEqualTo(staging.host() + "/stage/a@" + image);
    }

    @Test
    void onlyWhatWouldBeCopiedIsChecked() throws IOException {
        String image = stage();
        SampleImage.image().build().pushTo(mirror, "prod/a");
        Ran ran = kpromo("cip", "--manifest", manifest(image), "--vuln-severity-threshold=0");
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("0 images checked");
    }

    @Test
    void whoAsksNobodyHearsNothing() throws IOException {
        Ran ran = kpromo("cip", "--manifest", manifest(stage()), "--vuln-severity-threshold=0", "--vuln-scanner=none");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void unknownScannersAreRefused() throws IOException {
        Ran ran = kpromo("cip", "--manifest", manifest(stage()), "--vuln-scanner=command:sh");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("command:trivy");
    }

    @Test
    void findingsAreLinesTheWorstFirst() {
        VulnerabilitiesTold told = told(new ScanResult.Scanned(List.of(LOW, HIGH)));
        assertThat(told.lines())
                .containsExactly(
                        STAGED + " CVE-2026-0001 HIGH libssl3 3.0.11-1 (fixed in 3.0.13-1)",
                        STAGED + " CVE-2026-0002 LOW bash 5.2 (no fix known)");
        assertThat(told.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void theReportHasEveryFindingAndSaysWhichCount() {
        JsonNode json = JsonMapper.shared()
                .readTree(told(new ScanResult.Scanned(List.of(LOW, HIGH))).json());
        assertThat(json.toString())
                .isEqualTo("{\"schema\":\"kpromo.vulnerabilities/1\",\"threshold\":\"MEDIUM\",\"result\":\"refused\","
                        + "\"images\":[{\"image\":\"" + STAGED + "\",\"result\":\"refused\",\"findings\":["
                        + "{\"id\":\"CVE-2026-0001\",\"severity\":\"HIGH\",\"package\":\"libssl3\","
                        + "\"installed\":\"3.0.11-1\",\"fixed\":\"3.0.13-1\",\"counts\":true},"
                        + "{\"id\":\"CVE-2026-0002\",\"severity\":\"LOW\",\"package\":\"bash\","
                        + "\"installed\":\"5.2\",\"fixed\":\"\",\"counts\":false}]}]}");
    }

    @Test
    void whatNobodyKnowsIsToldWithItsReason() {
        VulnerabilitiesTold told = told(new ScanResult.Unknown("not scanned yet"));
        assertThat(told.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(told.json()).contains("\"result\":\"unknown\",\"reason\":\"not scanned yet\"");
    }

    @Test
    void belowTheThresholdAllIsFine() {
        assertThat(told(new ScanResult.Scanned(List.of(LOW))).exitCode()).isEqualTo(ExitCode.DONE);
    }

    private static VulnerabilitiesTold told(ScanResult result) {
        return new VulnerabilitiesTold(List.of(new ScanReport(STAGED, result, Severity.MEDIUM)), Severity.MEDIUM);
    }

    private String stage() {
        SampleImage image = SampleImage.image().build();
        image.pushTo(staging, "stage/a");
        return image.digest().toString();
    }

    private String manifest(String digest) throws IOException {
        return Files.writeString(folder.resolve("m.yaml"), """
                registries: [{name: %s/stage, src: true}, {name: %s/prod}]
                images: [{name: a, dmap: {"%s": []}}]
                """.formatted(staging.host(), mirror.host(), digest))
                .toString();
    }
}
