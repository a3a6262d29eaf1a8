// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

/// Reports in the shape in which scanners write them.
public final class Reports {
    public static final String TRIVY = """
            {"SchemaVersion": 2, "ArtifactName": "registry.example/a", "ArtifactType": "container_image",
             "Metadata": {"OS": {"Family": "debian", "Name": "12.5"}},
             "Results": [
              {"Target": "registry.example/a (debian 12.5)", "Class": "os-pkgs", "Type": "debian", "Vulnerabilities": [
               {"VulnerabilityID": "CVE-2026-0001", "PkgID": "libssl3@3.0.11-1", "PkgName": "libssl3",
                "InstalledVersion": "3.0.11-1", "FixedVersion": "3.0.13-1", "Status": "fixed", "Severity": "CRITICAL"},
               {"VulnerabilityID": "CVE-2026-0002", "PkgName": "bash", "InstalledVersion": "5.2.15-2",
                "Status": "affected", "Severity": "LOW"}]},
              {"Target": "app/go.mod", "Class": "lang-pkgs", "Type": "gomod"}]}""";
    public static final String GRYPE = """
            {"matches": [
              {"vulnerability": {"id": "GHSA-aaaa-bbbb-cccc", "severity": "High", "fix": {"versions": ["1.2.3"], "state": "fixed"}},
               "artifact": {"name": "golang.org/x/net", "version": "v0.1.0", "type": "go-module"}},
              {"vulnerability": {"id": "CVE-2026-0003", "severity": "Negligible", "fix": {"versions": [], "state": "not-fixed"}},
               "artifact": {"name": "tar", "version": "1.34"}}],
             "descriptor": {"name": "grype", "version": "0.90.0"}}""";
    public static final String SARIF = """
            {"version": "2.1.0", "runs": [{
              "tool": {"driver": {"name": "Trivy", "rules": [
                {"id": "CVE-2026-0004", "properties": {"security-severity": "9.8"}},
                {"id": "CVE-2026-0005", "properties": {"security-severity": "5.0"}}]}},
              "results": [
                {"ruleId": "CVE-2026-0004", "level": "error", "message": {"text": "Package: zlib\\nInstalled Version: 1.2.11\\nVulnerability CVE-2026-0004\\nFixed Version: 1.2.13\\nLink: x"}},
                {"ruleId": "CVE-2026-0005", "level": "warning", "message": {"text": "something else"}},
                {"ruleId": "CVE-2026-0006", "level": "note", "message": {"text": "x"}},
                {"ruleId": "CVE-2026-0007", "level": "error", "message": {"text": "x"}, "suppressions": [{"kind": "external"}]}]}]}""";
    public static final String CYCLONE_DX = """
            {"bomFormat": "CycloneDX", "specVersion": "1.5",
             "components": [{"bom-ref": "pkg:deb/curl", "name": "curl", "version": "7.88", "components": [
               {"bom-ref": "pkg:deb/libcurl", "name": "libcurl4", "version": "7.88.1"}]}],
             "vulnerabilities": [
              {"id": "CVE-2026-0008", "ratings": [{"severity": "medium"}, {"severity": "high"}],
               "affects": [{"ref": "pkg:deb/curl"}, {"ref": "pkg:deb/libcurl"}]},
              {"id": "CVE-2026-0009", "ratings": [{"severity": "critical"}], "analysis": {"state": "not_affected"}},
              {"id": "CVE-2026-0010"}]}""";

    private Reports() {}
}
