// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What scanners write, read.
final class ScanReportsTest {
    @Test
    void trivysReportIsRead() {
        assertThat(read(Reports.TRIVY))
                .containsExactly(
                        new Vulnerability(
                                "CVE-2026-0001", "libssl3", "3.0.11-1", Optional.of("3.0.13-1"), Severity.CRITICAL),
                        new Vulnerability("CVE-2026-0002", "bash", "5.2.15-2", Optional.empty(), Severity.LOW));
    }

    @Test
    void grypesReportIsRead() {
        assertThat(read(Reports.GRYPE))
                .containsExactly(
                        new Vulnerability(
                                "GHSA-aaaa-bbbb-cccc",
                                "golang.org/x/net",
                                "v0.1.0",
                                Optional.of("1.2.3"),
                                Severity.HIGH),
                        new Vulnerability("CVE-2026-0003", "tar", "1.34", Optional.empty(), Severity.MINIMAL));
    }

    @Test
    void sarifIsReadWithoutWhatWasSuppressed() {
        assertThat(read(Reports.SARIF))
                .containsExactly(
                        new Vulnerability("CVE-2026-0004", "zlib", "1.2.11", Optional.of("1.2.13"), Severity.CRITICAL),
                        new Vulnerability("CVE-2026-0005", "", "", Optional.empty(), Severity.MEDIUM),
                        new Vulnerability("CVE-2026-0006", "", "", Optional.empty(), Severity.LOW));
    }

    @Test
    void cycloneDxIsReadWithItsNestedComponentsAndWithoutWhatWasDismissed() {
        assertThat(read(Reports.CYCLONE_DX))
                .containsExactly(
                        new Vulnerability("CVE-2026-0008", "curl", "7.88", Optional.empty(), Severity.HIGH),
                        new Vulnerability("CVE-2026-0008", "libcurl4", "7.88.1", Optional.empty(), Severity.HIGH),
                        new Vulnerability("CVE-2026-0010", "", "", Optional.empty(), Severity.UNSPECIFIED));
    }

    @Test
    void anImageWithoutPackagesHasNoVulnerabilities() {
        assertThat(read("{\"SchemaVersion\": 2, \"ArtifactName\": \"scratch\"}"))
                .isEmpty();
        assertThat(read("{\"matches\": []}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"components\": []}",
                "{\"matches\": 3}",
                "{\"matches\": [1]}",
                "{\"matches\": [{}]}",
                "{\"runs\": [{\"results\": [{}]}]}",
                "{\"Results\": {\"a\": 1}}",
                "{\"Results\": [{\"Vulnerabilities\": [{\"VulnerabilityID\": []}]}]}",
                "{\"vulnerabilities\": [{}]}"
            })
    void whatIsNoReportIsNeverTakenForGoodNews(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(TrustException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "9.0,CRITICAL",
        "8.9,HIGH",
        "7,HIGH",
        "6.9,MEDIUM",
        "4.0,MEDIUM",
        "3.9,LOW",
        "0.1,LOW",
        "0,MINIMAL",
        "high,HIGH",
        "Negligible,MINIMAL",
        "UNKNOWN,UNSPECIFIED",
        "SEVERITY_UNSPECIFIED,UNSPECIFIED",
        "'',UNSPECIFIED"
    })
    void severitiesOfAllScannersAreOneScale(String text, Severity severity) {
        assertThat(Severity.ofWordOrScore(text)).isEqualTo(severity);
    }

    @Test
    void severitiesHaveTheNumbersOfTheFlag() {
        assertThat(List.of(Severity.ofNumber(0), Severity.ofNumber(5)))
                .containsExactly(Severity.UNSPECIFIED, Severity.CRITICAL);
        assertThatThrownBy(() -> Severity.ofNumber(6)).hasMessageContaining("got 6");
    }

    @Test
    void whatAReportNamesIsOneLineAndNotEndless() {
        Vulnerability hostile =
                new Vulnerability("CVE\n\u001b[2J", "p".repeat(5_000), "1", Optional.of(""), Severity.LOW);
        assertThat(hostile.toString())
                .doesNotContain("\n", "\u001b")
                .contains("(no fix known)")
                .hasSizeLessThan(300);
    }

    private static List<Vulnerability> read(String text) {
        return ScanReports.read(Json.read("report", Bytes.of(text)));
    }
}
