// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the reports of scanners: Trivy's and Grype's own, and CycloneDX. Which it is its content tells.
final class ScanReports {
    /// Members of a list that are read; more is told as an error.
    static final int MOST = 200_000;

    private ScanReports() {}

    /// @throws TrustException when it is none of them
    static List<Vulnerability> read(Json report) {
        if (report.has("matches")) {
            return grype(report);
        }
        if (report.has("runs")) {
            return SarifReport.read(report);
        }
        if (report.has("vulnerabilities")) {
            return cycloneDx(report);
        }
        if (report.has("Results") || report.has("SchemaVersion")) {
            return trivy(report);
        }
        throw report.wrong("is no report of Trivy or Grype, no SARIF, and no CycloneDX with vulnerabilities");
    }

    private static List<Vulnerability> trivy(Json report) {
        List<Vulnerability> all = new ArrayList<>();
        // An image in which nothing is installed has no results.
        for (Json target : report.list("Results", MOST)) {
            for (Json one : target.asObject().list("Vulnerabilities", MOST)) {
                Json found = one.asObject();
                all.add(new Vulnerability(
                        found.text("VulnerabilityID"),
                        found.optionalText("PkgName").orElse(""),
                        found.optionalText("InstalledVersion").orElse(""),
                        found.optionalText("FixedVersion"),
                        Severity.of(found.optionalText("Severity").orElse(""))));
            }
        }
        return all;
    }

    private static List<Vulnerability> grype(Json report) {
        List<Vulnerability> all = new ArrayList<>();
        for (Json one : report.list("matches", MOST)) {
            Json match = one.asObject();
            Json found = match.object("vulnerability");
            Optional<Json> artifact = match.optionalObject("artifact");
            all.add(new Vulnerability(
                    found.text("id"),
                    artifact.flatMap(a -> a.optionalText("name")).orElse(""),
                    artifact.flatMap(a -> a.optionalText("version")).orElse(""),
                    found.optionalObject("fix").flatMap(ScanReports::versions),
                    Severity.of(found.optionalText("severity").orElse(""))));
        }
        return all;
    }

    private static Optional<String> versions(Json fix) {
        List<String> versions =
                fix.list("versions", MOST).stream().map(Json::asText).toList();
        return versions.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", versions));
    }

    /// CycloneDX 1.4 and later, "vulnerabilities".
    private static List<Vulnerability> cycloneDx(Json report) {
        Map<String, Json> components = new HashMap<>();
        collect(report, components, 0);
        List<Vulnerability> all = new ArrayList<>();
        for (Json one : report.list("vulnerabilities", MOST)) {
            Json found = one.asObject();
            if (found.optionalObject("analysis")
                    .filter(ScanReports::isDismissed)
                    .isPresent()) {
                continue;
            }
            Severity worst = found.list("ratings", MOST).stream()
                    .map(rating -> Severity.of(
                            rating.asObject().optionalText("severity").orElse("")))
                    .max(Severity::compareTo)
                    .orElse(Severity.UNSPECIFIED);
            List<Json> affected = found.list("affects", MOST);
            for (Json affects : affected) {
                Optional<Json> component = Optional.ofNullable(
                        components.get(affects.asObject().optionalText("ref").orElse("")));
                all.add(new Vulnerability(
                        found.text("id"),
                        component.flatMap(c -> c.optionalText("name")).orElse(""),
                        component.flatMap(c -> c.optionalText("version")).orElse(""),
                        Optional.empty(),
                        worst));
            }
            if (affected.isEmpty()) {
                all.add(new Vulnerability(found.text("id"), "", "", Optional.empty(), worst));
            }
        }
        return all;
    }

    /// Somebody has looked at it and says that it is none here. Whoever signs the report says that too.
    private static boolean isDismissed(Json analysis) {
        String state = analysis.optionalText("state").orElse("");
        return state.equals("not_affected") || state.equals("false_positive") || state.startsWith("resolved");
    }

    private static void collect(Json parent, Map<String, Json> into, int depth) {
        if (depth > 20) {
            throw parent.wrong("has components in components, more than 20 deep");
        }
        for (Json one : parent.list("components", MOST)) {
            Json component = one.asObject();
            component.optionalText("bom-ref").ifPresent(ref -> into.putIfAbsent(ref, component));
            collect(component, into, depth + 1);
        }
    }
}
