// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.inspect;

import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.statement.PredicateTypes;
import java.util.Set;

/// What a consumer may want an image to carry.
public enum Requirement {
    /// A signature of the image itself. An attestation is none, whoever has signed it.
    SIGNATURE("signature", "signature", PredicateTypes.SIGNATURE),
    RECORD("record", "promotion record", PredicateTypes.PROMOTION_RECORD),
    /// One that says that the verification was passed.
    VSA("vsa", "verification summary", PredicateTypes.VERIFICATION_SUMMARY),
    /// SLSA provenance, of either version. What it says is a policy's business; here it counts who has signed it.
    PROVENANCE("provenance", "SLSA provenance", PredicateTypes.PROVENANCE_0_2, PredicateTypes.PROVENANCE_1);

    private final String key;
    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable set
    private final Set<String> predicateTypes;

    Requirement(String key, String words, String... predicateTypes) {
        this.key = key;
        this.words = words;
        this.predicateTypes = Set.of(predicateTypes);
    }

    public boolean isOf(String predicateType) {
        return predicateTypes.contains(predicateType);
    }

    /// What can't be read may be of any kind.
    boolean mayBe(Evidence evidence) {
        return isOf(evidence.predicateType()) || evidence.predicateType().isEmpty();
    }

    /// Whether a statement of this kind names the image by its production name. Builders name what they have
    /// built by other names.
    boolean namesTheImage() {
        return this != PROVENANCE;
    }

    /// As people read it.
    public String words() {
        return words;
    }

    /// As it is written on the command line.
    @Override
    public String toString() {
        return key;
    }
}
