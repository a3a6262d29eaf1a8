// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import static io.kpromo.trust.policy.Proofs.ALICE;
import static io.kpromo.trust.policy.Proofs.BUILDER;
import static io.kpromo.trust.policy.Proofs.IMAGE;
import static io.kpromo.trust.policy.Proofs.MALLORY;
import static io.kpromo.trust.policy.Proofs.SBOM;
import static io.kpromo.trust.policy.Proofs.SOURCE;
import static io.kpromo.trust.policy.Proofs.aboutAnother;
import static io.kpromo.trust.policy.Proofs.json;
import static io.kpromo.trust.policy.Proofs.policy;
import static io.kpromo.trust.policy.Proofs.v1;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.trust.Identity;
import io.kpromo.trust.statement.PredicateTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What holds for every policy, whatever was found.
final class PolicyPropertiesTest {
    @Property(tries = 500)
    void nothingPassesWithoutAVerifiedStatementOfAListedSignerAboutTheDigest(
            @ForAll("contents") ProvenContent content) {
        PolicyVerdict verdict = policy(1).judge(content);
        if (verdict.passes()) {
            assertThat(isProved(content)).isTrue();
        }
    }

    @Property(tries = 500)
    void whatIsProvedPasses(@ForAll("contents") ProvenContent content) {
        assertThat(policy(1).judge(content).passes()).isEqualTo(isProved(content));
    }

    @Property(tries = 300)
    void moreEvidenceNeverTurnsAPassIntoAViolation(
            @ForAll("contents") ProvenContent content, @ForAll("evidence") Evidence more) {
        List<Evidence> all = new ArrayList<>(content.evidence());
        all.add(more);
        ProvenContent richer = new ProvenContent(content.name(), content.digest(), all, content.platforms());
        if (policy(1).judge(content).passes()) {
            assertThat(policy(1).judge(richer).passes()).isTrue();
        }
    }

    @Property(tries = 300)
    void whatIsAcceptedIsVerifiedListedAndAboutTheDigest(@ForAll("contents") ProvenContent content) {
        if (policy(1, SBOM).judge(content) instanceof PolicyVerdict.Passed(int level, List<Evidence> accepted, var _)) {
            assertThat(level).isBetween(1, 3);
            assertThat(accepted).allSatisfy(evidence -> {
                assertThat(content.evidence()).contains(evidence);
                assertThat(evidence.about()).isTrue();
                assertThat(evidence.signer()).contains(ALICE);
            });
        }
    }

    /// The rule once more, as shortly as it can be said.
    private static boolean isProved(ProvenContent content) {
        boolean own = content.evidence().stream()
                .anyMatch(e -> e.isProvenance()
                        && e.about()
                        && e.signer().equals(Optional.of(ALICE))
                        && e.statement().orElseThrow().predicate().equals(json(v1(BUILDER, SOURCE))));
        return own
                || (!content.platforms().isEmpty()
                        && content.platforms().stream().allMatch(PolicyPropertiesTest::isProved));
    }

    @Provide
    Arbitrary<ProvenContent> contents() {
        return content(2);
    }

    private Arbitrary<ProvenContent> content(int depth) {
        Arbitrary<List<ProvenContent>> platforms = depth == 0
                ? Arbitraries.just(List.of())
                : content(depth - 1).list().ofMaxSize(3);
        return Combinators.combine(evidence().list().ofMaxSize(2), platforms)
                .as((evidence, below) -> new ProvenContent("x", IMAGE, evidence, below));
    }

    @Provide
    Arbitrary<Evidence> evidence() {
        Arbitrary<Standing> standings = Arbitraries.of(
                new Standing.Verified(ALICE, Optional.empty()),
                new Standing.Verified(ALICE, Optional.empty()),
                new Standing.Verified(MALLORY, Optional.empty()),
                new Standing.Verified(new Identity.Key("ab".repeat(32)), Optional.empty()),
                new Standing.Unsigned(),
                new Standing.Unverifiable("unknown log"),
                new Standing.Failed("changed"));
        Arbitrary<String> types = Arbitraries.of(
                PredicateTypes.PROVENANCE_1, PredicateTypes.PROVENANCE_1, SBOM, PredicateTypes.SIGNATURE);
        Arbitrary<String> predicates = Arbitraries.of(
                v1(BUILDER, SOURCE),
                v1(BUILDER, SOURCE),
                v1("https://evil.example/b", SOURCE),
                v1(BUILDER, "evil"),
                "{}");
        return Combinators.combine(standings, types, predicates, Arbitraries.of(true, true, false))
                .as((standing, type, predicate, about) -> {
                    Evidence one = Proofs.evidence(standing, IMAGE, type, predicate);
                    return about ? one : aboutAnother(one);
                });
    }
}
