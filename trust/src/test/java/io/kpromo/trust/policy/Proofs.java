// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.trust.Identity;
import io.kpromo.trust.policy.ProvenancePolicy.Mode;
import io.kpromo.trust.policy.Violation.Reason;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Policies and evidence, in few words.
final class Proofs {
    static final String ISSUER = "https://accounts.example.com";
    static final String BUILDER = "https://github.com/org/repo/.github/workflows/provenance.yml";
    static final String SOURCE = "github.com/org/repo";
    static final String SBOM = "https://spdx.dev/Document";
    static final Identity ALICE = new Identity.Certificate("alice@example.com", ISSUER);
    static final Identity MALLORY = new Identity.Certificate("mallory@example.com", ISSUER);
    static final Digest IMAGE = digest("image");
    static final Digest OTHER = digest("other");

    private Proofs() {}

    static Digest digest(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    static Signer signer(String name) {
        return Signer.parse("sigstore::" + ISSUER + "::" + name + "@example.com");
    }

    /// Alice, one builder of level 3, one source.
    static ProvenancePolicy policy(int level, String... predicateTypes) {
        return new ProvenancePolicy(
                Mode.REQUIRE,
                List.of(signer("alice")),
                List.of(new Builder(BUILDER, 3, List.of())),
                List.of(SOURCE),
                List.of(predicateTypes),
                level);
    }

    static ProvenContent image(Evidence... evidence) {
        return new ProvenContent("image", IMAGE, List.of(evidence), List.of());
    }

    static ProvenContent platform(String name, Evidence... evidence) {
        return new ProvenContent(name, digest(name), List.of(evidence), List.of());
    }

    static ProvenContent index(List<Evidence> evidence, ProvenContent... platforms) {
        return new ProvenContent("index", IMAGE, evidence, List.of(platforms));
    }

    static Evidence provenance(Identity signer) {
        return provenance(signer, IMAGE);
    }

    static Evidence provenance(Identity signer, Digest subject) {
        return verified(
                signer, subject, PredicateTypes.PROVENANCE_1, v1(BUILDER + "@refs/tags/v1", "https://" + SOURCE));
    }

    static Evidence provenance(String builder, String source) {
        return verified(ALICE, IMAGE, PredicateTypes.PROVENANCE_1, v1(builder, source));
    }

    static Evidence attested(String predicateType) {
        return verified(ALICE, IMAGE, predicateType, "{}");
    }

    static Evidence verified(Identity signer, Digest subject, String type, String predicate) {
        return evidence(new Standing.Verified(signer, Optional.empty()), subject, type, predicate);
    }

    /// Found for whatever digest it is held against, as [#IMAGE] or a platform.
    static Evidence evidence(Standing standing, Digest subject, String type, String predicate) {
        Statement statement = new Statement(List.of(new Subject(Optional.empty(), subject)), type, json(predicate));
        return new Evidence(new Location.Referrer(digest("referrer")), type, standing, true, Optional.of(statement));
    }

    static Evidence aboutAnother(Evidence one) {
        return new Evidence(one.where(), one.predicateType(), one.standing(), false, one.statement());
    }

    static String v1(String builder, String source) {
        return """
                {"buildDefinition": {"buildType": "x", "externalParameters": {"workflow": {"repository": "%s"}}},
                 "runDetails": {"builder": {"id": "%s"}}}""".formatted(source, builder);
    }

    static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }

    static ProvenancePolicy with(Builder... builders) {
        return new ProvenancePolicy(
                Mode.REQUIRE, List.of(signer("alice")), List.of(builders), List.of(SOURCE), List.of(), 1);
    }

    static String reasons(PolicyVerdict verdict) {
        return verdict instanceof PolicyVerdict.Violated(List<Violation> violations) ? violations.toString() : "passed";
    }

    static void violated(PolicyVerdict verdict, Reason reason, String text) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        PolicyVerdict.Violated.class,
                        violated -> assertThat(violated.violations()).anySatisfy(violation -> {
                            assertThat(violation.reason()).isEqualTo(reason);
                            assertThat(violation.text()).contains(text);
                        }));
    }
}
