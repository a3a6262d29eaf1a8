// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.images.scan.ScanReport;
import io.kpromo.images.scan.ScanResult;
import io.kpromo.images.scan.Severity;
import io.kpromo.images.scan.Vulnerability;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What a check for vulnerabilities came to, as lines and as JSON; docs/policies.md says what each field means.
///
/// @param reports of all images, in order
/// @param threshold from which on vulnerabilities count
record VulnerabilitiesTold(List<ScanReport> reports, Severity threshold) {
    private static final String SCHEMA = "kpromo.vulnerabilities/1";

    /// One a finding: the image, then the finding.
    List<String> lines() {
        return reports.stream()
                .flatMap(report ->
                        report.vulnerabilities().stream().map(found -> Text.oneLine(report.staged() + " " + found)))
                .toList();
    }

    String summary() {
        long refused = reports.stream().filter(ScanReport::refused).count();
        long unknown = reports.stream().filter(ScanReport::unknown).count();
        return Text.count(reports.size(), "image") + " checked: " + Text.count(refused)
                + " with vulnerabilities of severity " + threshold + " or worse, " + Text.count(unknown)
                + " of which nobody knows; nothing was written";
    }

    ExitCode exitCode() {
        return switch (result(
                reports.stream().anyMatch(ScanReport::refused), reports.stream().anyMatch(ScanReport::unknown))) {
            case "refused" -> ExitCode.REFUSED;
            case "unknown" -> ExitCode.FAILED;
            default -> ExitCode.DONE;
        };
    }

    private static String result(boolean refused, boolean unknown) {
        return refused ? "refused" : unknown ? "unknown" : "passed";
    }

    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("schema", SCHEMA);
            json.writeStringProperty("threshold", threshold.name());
            json.writeStringProperty(
                    "result",
                    result(
                            reports.stream().anyMatch(ScanReport::refused),
                            reports.stream().anyMatch(ScanReport::unknown)));
            json.writeArrayPropertyStart("images");
            reports.forEach(report -> image(json, report));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void image(JsonGenerator json, ScanReport report) {
        json.writeStartObject();
        json.writeStringProperty("image", report.staged().toString());
        json.writeStringProperty("result", result(report.refused(), report.unknown()));
        if (report.result() instanceof ScanResult.Unknown(String why)) {
            json.writeStringProperty("reason", why);
        }
        json.writeArrayPropertyStart("findings");
        report.vulnerabilities().forEach(found -> finding(json, found, report.threshold()));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void finding(JsonGenerator json, Vulnerability found, Severity threshold) {
        json.writeStartObject();
        json.writeStringProperty("id", found.id());
        json.writeStringProperty("severity", found.severity().name());
        json.writeStringProperty("package", found.packageName());
        json.writeStringProperty("installed", found.installed());
        json.writeStringProperty("fixed", found.fixed().orElse(""));
        json.writeBooleanProperty("counts", found.severity().isAtLeast(threshold));
        json.writeEndObject();
    }
}
