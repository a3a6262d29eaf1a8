// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import io.kpromo.oci.Digest;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the verification of an image came to: a SLSA verification summary (VSA), predicate
/// `https://slsa.dev/verification_summary/v1`. SLSA 1.0, "Verification Summary Attestation".
///
/// @param name users pull the image by, without tag or digest
/// @param time of the verification; written in whole seconds
/// @param policy it was held against
/// @param passed or failed
/// @param levels reached, lowest build level first; of a failed one `FAILED` alone
/// @param inputs the attestations that were accepted
public record VerificationSummary(
        String name,
        Digest digest,
        VerifiedBy verifier,
        Instant time,
        PolicyOrigin policy,
        boolean passed,
        List<String> levels,
        List<InputAttestation> inputs) {
    public static final String LEVEL_UNEVALUATED = "SLSA_BUILD_LEVEL_UNEVALUATED";
    public static final String MANIFEST_REVIEWED = "K8S_PROMOTION_MANIFEST_REVIEWED";
    public static final String FAILED = "FAILED";

    private static final String PASSED = "PASSED";
    /// Whose criteria for builds are applied.
    private static final String SLSA_VERSION = "1.0";

    private static final int MOST = 10_000;

    /// @param id for example `https://k8s.io/promo-tools/verifier/v1`
    /// @param versions of the programs that took part, by their names: `kpromo`
    public record VerifiedBy(String id, Map<String, String> versions) {
        public VerifiedBy {
            versions = Map.copyOf(versions);
        }
    }

    /// @param uri repository and path: [ManifestOrigin#location]
    public record PolicyOrigin(String uri, Optional<String> gitCommit) {}

    /// @param uri where it is stored
    public record InputAttestation(String uri, Digest digest) {}

    public VerificationSummary {
        levels = List.copyOf(levels);
        inputs = List.copyOf(inputs);
        if (passed == levels.contains(FAILED) || (!passed && levels.size() != 1)) {
            throw new IllegalArgumentException("a failed verification has the level FAILED alone, others have it not");
        }
    }

    /// The level of builds, as levels are written.
    ///
    /// @param number 1 to 3
    public static String buildLevel(int number) {
        return "SLSA_BUILD_LEVEL_" + number;
    }

    public Statement statement() {
        var json = JsonText.object();
        var by = json.putObject("verifier").put("id", verifier.id);
        Written.texts(by, "version", new TreeMap<>(verifier.versions));
        json.put("timeVerified", Times.written(time)).put("resourceUri", name + "@" + digest);
        var against = json.putObject("policy").put("uri", policy.uri);
        policy.gitCommit.ifPresent(commit -> against.putObject("digest").put("gitCommit", commit));
        if (!inputs.isEmpty()) {
            var all = json.putArray("inputAttestations");
            inputs.forEach(input -> Written.digest(all.addObject().put("uri", input.uri), input.digest));
        }
        json.put("verificationResult", passed ? PASSED : FAILED);
        Written.texts(json, "verifiedLevels", levels);
        json.put("slsaVersion", SLSA_VERSION);
        return new Statement(List.of(Subject.of(name, digest)), PredicateTypes.VERIFICATION_SUMMARY, json);
    }

    /// Reads a summary, also one of other verifiers.
    ///
    /// @throws io.kpromo.trust.TrustException where it is none, or its parts contradict each other
    public static VerificationSummary of(Statement statement) {
        Json json = Json.of("verification summary", statement.predicate());
        if (!statement.predicateType().equals(PredicateTypes.VERIFICATION_SUMMARY)) {
            throw json.wrong("has the predicate type " + Shown.briefly(statement.predicateType()));
        }
        Subject subject = statement.subjects().stream()
                .findFirst()
                .orElseThrow(() -> json.wrong("is about nothing that an image could be"));
        List<String> levels =
                json.list("verifiedLevels", MOST).stream().map(Json::asText).toList();
        boolean passed = passed(json, levels);
        return new VerificationSummary(
                subject.name().orElse(""),
                subject.digest(),
                verifier(json.object("verifier")),
                Times.read(json, "timeVerified"),
                policy(json.object("policy")),
                passed,
                passed ? levels : List.of(FAILED),
                json.list("inputAttestations", MOST).stream()
                        .flatMap(one -> input(one.asObject()).stream())
                        .toList());
    }

    private static boolean passed(Json json, List<String> levels) {
        String result = json.text("verificationResult");
        if (!result.equals(PASSED) && !result.equals(FAILED)) {
            throw json.wrong("has the result " + Shown.briefly(result) + ", neither PASSED nor FAILED");
        }
        if (result.equals(PASSED) && levels.contains(FAILED)) {
            throw json.wrong("has passed and has the level FAILED");
        }
        return result.equals(PASSED);
    }

    private static VerifiedBy verifier(Json json) {
        Map<String, String> versions = new TreeMap<>();
        json.optionalObject("version")
                .ifPresent(all -> all.node().propertyNames().forEach(name -> versions.put(name, all.text(name))));
        return new VerifiedBy(json.text("id"), versions);
    }

    private static PolicyOrigin policy(Json json) {
        return new PolicyOrigin(
                json.optionalText("uri").orElse(""),
                json.optionalObject("digest").flatMap(digest -> digest.optionalText("gitCommit")));
    }

    /// Empty where it has no digest of a kind that is known here.
    private static Optional<InputAttestation> input(Json json) {
        return Subject.read(json).stream()
                .findFirst()
                .map(digest -> new InputAttestation(json.optionalText("uri").orElse(""), digest.digest()));
    }
}
