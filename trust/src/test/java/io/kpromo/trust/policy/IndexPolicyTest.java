// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import static io.kpromo.trust.policy.Proofs.ALICE;
import static io.kpromo.trust.policy.Proofs.BUILDER;
import static io.kpromo.trust.policy.Proofs.MALLORY;
import static io.kpromo.trust.policy.Proofs.OTHER;
import static io.kpromo.trust.policy.Proofs.SBOM;
import static io.kpromo.trust.policy.Proofs.SOURCE;
import static io.kpromo.trust.policy.Proofs.attested;
import static io.kpromo.trust.policy.Proofs.digest;
import static io.kpromo.trust.policy.Proofs.index;
import static io.kpromo.trust.policy.Proofs.platform;
import static io.kpromo.trust.policy.Proofs.policy;
import static io.kpromo.trust.policy.Proofs.provenance;
import static io.kpromo.trust.policy.Proofs.reasons;
import static io.kpromo.trust.policy.Proofs.violated;
import static io.kpromo.trust.policy.Proofs.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.trust.policy.PolicyVerdict.Share;
import io.kpromo.trust.policy.Violation.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an index has to prove, and what its platforms may prove for it.
final class IndexPolicyTest {
    @Test
    void anIndexPassesByItsOwnProvenance() {
        assertThat(policy(1)
                        .judge(index(List.of(provenance(ALICE)), platform("linux/amd64")))
                        .passes())
                .isTrue();
    }

    @Test
    void anIndexPassesWhenAllItsPlatformsDoAtTheLowestOfTheirLevels() {
        ProvenancePolicy two =
                with(new Builder(BUILDER, 3, List.of()), new Builder("https://slow.example/builder", 2, List.of()));
        ProvenContent index = index(
                List.of(),
                platform("linux/amd64", provenance(ALICE)),
                platform("linux/arm64", provenance("https://slow.example/builder", SOURCE)));
        assertThat(two.judge(index))
                .isEqualTo(new PolicyVerdict.Passed(
                        2,
                        List.of(),
                        Map.of(
                                digest("linux/amd64"),
                                new Share(3, List.of(provenance(ALICE))),
                                digest("linux/arm64"),
                                new Share(2, List.of(provenance("https://slow.example/builder", SOURCE))))));
    }

    @Test
    void whatAnIndexProvesItselfAndWhatItsPlatformsProveAreToldApart() {
        Evidence sbom = attested(SBOM);
        Evidence provenance = provenance(ALICE);
        assertThat(policy(1, SBOM).judge(index(List.of(sbom), platform("linux/amd64", provenance))))
                .isEqualTo(new PolicyVerdict.Passed(
                        3, List.of(sbom), Map.of(digest("linux/amd64"), new Share(3, List.of(provenance)))));
        assertThat(policy(1, SBOM).judge(index(List.of(provenance), platform("linux/amd64", sbom))))
                .isEqualTo(new PolicyVerdict.Passed(
                        3, List.of(provenance), Map.of(digest("linux/amd64"), new Share(3, List.of(sbom)))));
        assertThat(policy(1, SBOM).judge(index(List.of(), platform("linux/amd64", provenance, sbom))))
                .isEqualTo(new PolicyVerdict.Passed(
                        3, List.of(), Map.of(digest("linux/amd64"), new Share(3, List.of(provenance, sbom)))));
    }

    @Test
    void anIndexWhoseOnePlatformFailsFailsAndNamesIt() {
        ProvenContent index = index(
                List.of(), platform("linux/amd64", provenance(ALICE)), platform("linux/arm64", provenance(MALLORY)));
        PolicyVerdict verdict = policy(1).judge(index);
        violated(verdict, Reason.SIGNER, "linux/arm64 " + digest("linux/arm64") + ": provenance (referrer");
        assertThat(reasons(verdict)).doesNotContain("linux/amd64");
    }

    @Test
    void anIndexWithoutPlatformsDoesNotPassByThem() {
        violated(policy(1).judge(index(List.of())), Reason.NO_PROVENANCE, "no SLSA provenance was found");
    }

    @Test
    void anIndexInAnIndexIsHeldAgainstTheSameRules() {
        ProvenContent inner =
                new ProvenContent("inner", OTHER, List.of(), List.of(platform("a", provenance(ALICE)), platform("b")));
        violated(policy(1).judge(index(List.of(), inner)), Reason.NO_PROVENANCE, "inner " + OTHER + ": b ");
    }

    @Test
    void predicatesOfAllPlatformsServeForTheirIndex() {
        ProvenContent index =
                index(List.of(provenance(ALICE)), platform("a", attested(SBOM)), platform("b", attested(SBOM)));
        assertThat(policy(1, SBOM).judge(index).passes()).isTrue();
        ProvenContent lacking = index(List.of(provenance(ALICE)), platform("a", attested(SBOM)), platform("b"));
        assertThat(policy(1, SBOM).judge(lacking).passes()).isFalse();
    }
}
