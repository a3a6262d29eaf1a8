// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import io.kpromo.images.manifest.PlacedPolicy;
import io.kpromo.images.manifest.Policies;
import io.kpromo.images.proof.Notary;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.trust.Identity;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.EvidenceReader;
import io.kpromo.trust.policy.FoundEvidence;
import io.kpromo.trust.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads reports that somebody has attested: cosign's `vuln` predicate, in-toto's `vulns`, SARIF, CycloneDX with
/// vulnerabilities. Where there are several, what any of them found counts.
///
/// Only reports by a signer of the image's policy count; where it has none, those by the expected identity. A
/// report by anybody else could say that all is well.
public final class AttestedScanner implements Scanner {
    private static final String COSIGN = "https://cosign.sigstore.dev/attestation/vuln/v1";
    private static final String IN_TOTO = "https://in-toto.io/attestation/vulns/";
    private static final String CYCLONE_DX = "https://cyclonedx.org/bom";

    private final EvidenceReader reader;
    private final Policies policies;
    private final Notary notary;

    /// @param notary who knows the expected identity
    public AttestedScanner(EvidenceReader reader, Policies policies, Notary notary) {
        this.reader = reader;
        this.policies = policies;
        this.notary = notary;
    }

    @Override
    public boolean knowsIndexes() {
        return true;
    }

    @Override
    public ScanResult scan(Repository repository, Digest digest) throws InterruptedException {
        try {
            FoundEvidence found = reader.read(repository, digest);
            if (!found.unseen().isEmpty()) {
                return new ScanResult.Unknown(found.unseen().getFirst().toString());
            }
            return result(repository, found.all());
        } catch (OciException e) {
            return new ScanResult.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private ScanResult result(Repository repository, List<Evidence> evidence) throws InterruptedException {
        List<Vulnerability> all = new ArrayList<>();
        int reports = 0;
        String why = "no report of a scan is attested";
        for (Evidence one : evidence) {
            Optional<Statement> statement = one.statement().filter(AttestedScanner::isReport);
            if (statement.isEmpty()) {
                continue;
            }
            Optional<String> refusal = refusal(repository, one);
            if (refusal.isPresent()) {
                why = "a report of a scan (" + one.where() + ") does not count: " + refusal.get();
                continue;
            }
            try {
                all.addAll(vulnerabilities(statement.get()));
                reports++;
            } catch (TrustException e) {
                return new ScanResult.Unknown(one.where() + ": " + e.getMessage());
            }
        }
        return reports == 0 ? new ScanResult.Unknown(why) : ScanResult.Scanned.of(all);
    }

    private Optional<String> refusal(Repository repository, Evidence one) throws InterruptedException {
        Optional<Identity> signer = one.signer();
        if (signer.isEmpty()) {
            return one.standing().reason();
        }
        Optional<PlacedPolicy> policy = policies.of(repository);
        boolean trusted = policy.isPresent()
                ? policy.get().policy().trusts(signer.get())
                : notary.expected().matches(signer.get());
        if (!trusted) {
            return Optional.of("it is signed by " + signer.get() + ", whose reports are not taken");
        }
        return one.about() ? Optional.empty() : Optional.of("it is about another digest");
    }

    private static boolean isReport(Statement statement) {
        String type = statement.predicateType();
        return type.equals(COSIGN)
                || type.startsWith(IN_TOTO)
                || isSarif(type)
                || (type.startsWith(CYCLONE_DX) && statement.predicate().has("vulnerabilities"));
    }

    private static boolean isSarif(String type) {
        return type.toLowerCase(Locale.ROOT).contains("sarif");
    }

    private static List<Vulnerability> vulnerabilities(Statement statement) {
        Json predicate = Json.of("report", statement.predicate());
        if (statement.predicateType().equals(COSIGN)) {
            return ScanReports.read(predicate.object("scanner").object("result"));
        }
        return statement.predicateType().startsWith(IN_TOTO)
                ? inToto(predicate.object("scanner"))
                : ScanReports.read(predicate);
    }

    /// In-toto attestation framework, predicate "vulns" 0.1 and 0.2.
    private static List<Vulnerability> inToto(Json scanner) {
        List<Vulnerability> all = new ArrayList<>();
        for (Json one : scanner.list("result", ScanReports.MOST)) {
            Json found = one.asObject();
            Severity worst = found.list("severity", 100).stream()
                    .map(severity -> Severity.ofWordOrScore(
                            severity.asObject().optionalText("score").orElse("")))
                    .max(Severity::compareTo)
                    .orElse(Severity.UNSPECIFIED);
            all.add(new Vulnerability(found.text("id"), "", "", Optional.empty(), worst));
        }
        return all;
    }
}
