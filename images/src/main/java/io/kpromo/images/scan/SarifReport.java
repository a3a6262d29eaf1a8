// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kpromo.trust.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads SARIF 2.1.0 as scanners of images write it. The format has no fields for packages and versions; Trivy
/// writes them as lines of the message, which is read where it looks like that.
final class SarifReport {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^Package: (.*)$");
    private static final Pattern INSTALLED = Pattern.compile("(?m)^Installed Version: (.*)$");
    private static final Pattern FIXED = Pattern.compile("(?m)^Fixed Version: (.*)$");
    private static final Pattern SEVERITY = Pattern.compile("(?m)^Severity: (.*)$");

    private SarifReport() {}

    static List<Vulnerability> read(Json report) {
        List<Vulnerability> all = new ArrayList<>();
        for (Json one : report.list("runs", 100)) {
            Json run = one.asObject();
            Map<String, Severity> rules = rules(run);
            for (Json result : run.list("results", ScanReports.MOST)) {
                vulnerability(result.asObject(), rules).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<Vulnerability> vulnerability(Json result, Map<String, Severity> rules) {
        if (!result.list("suppressions", ScanReports.MOST).isEmpty()) {
            return Optional.empty();
        }
        String message = result.optionalObject("message")
                .flatMap(m -> m.optionalText("text"))
                .orElse("");
        String id = result.text("ruleId");
        Severity severity = line(SEVERITY, message)
                .map(Severity::of)
                .or(() -> Optional.ofNullable(rules.get(id)))
                .orElseGet(() -> Severity.of(result.optionalText("level").orElse("")));
        return Optional.of(new Vulnerability(
                id,
                line(PACKAGE, message).orElse(""),
                line(INSTALLED, message).orElse(""),
                line(FIXED, message),
                severity));
    }

    /// GitHub's `security-severity`: a CVSS score, as text, among the properties of a rule.
    private static Map<String, Severity> rules(Json run) {
        Map<String, Severity> rules = new HashMap<>();
        Optional<Json> driver = run.optionalObject("tool").flatMap(tool -> tool.optionalObject("driver"));
        for (Json one : driver.map(d -> d.list("rules", ScanReports.MOST)).orElse(List.of())) {
            Json rule = one.asObject();
            rule.optionalObject("properties")
                    .flatMap(properties -> properties.optionalText("security-severity"))
                    .ifPresent(score -> rules.put(rule.text("id"), Severity.ofWordOrScore(score)));
        }
        return rules;
    }

    private static Optional<String> line(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }
}
