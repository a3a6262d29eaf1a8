// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.inspect;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.EvidenceReader;
import io.kpromo.trust.policy.FoundEvidence;
import io.kpromo.trust.policy.Sought;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Inspects images. For use by many threads.
///
/// ```java
/// var inspector = new Inspector(new EvidenceReader(attachments, verifier));
/// var answers = inspector.require(repository, digest, Set.of(SIGNATURE, RECORD), expectation);
/// ```
public final class Inspector {
    private final EvidenceReader reader;

    public Inspector(EvidenceReader reader) {
        this.reader = reader;
    }

    /// Everything there is. Three requests, and those for what is found.
    public Inspection inspect(Repository repository, Digest digest) throws InterruptedException {
        return new Inspection(digest, reader.read(repository, digest));
    }

    /// Whether an image carries what is required. Reads until it is found: two requests for an image that is signed
    /// under its tag, three where a bundle is required; all there is where something is missing.
    ///
    /// @throws io.kpromo.oci.OciException where the means to verify can't be had
    public Map<Requirement, Answer> require(
            Repository repository, Digest digest, Set<Requirement> required, Expectation expectation)
            throws InterruptedException {
        FoundEvidence found = reader.read(repository, digest, sought(digest, required, expectation));
        Map<Requirement, Answer> answers = new EnumMap<>(Requirement.class);
        for (Requirement requirement : required) {
            answers.put(requirement, new Inspection(digest, found).answer(requirement, expectation));
        }
        return answers;
    }

    private static Sought sought(Digest digest, Set<Requirement> required, Expectation expectation) {
        return new Sought() {
            @Override
            public boolean likely(String predicateType) {
                return required.stream().anyMatch(requirement -> requirement.isOf(predicateType));
            }

            @Override
            public boolean enough(List<Evidence> found) {
                return required.stream()
                        .allMatch(requirement -> found.stream()
                                .anyMatch(evidence -> requirement.isOf(evidence.predicateType())
                                        && expectation
                                                .objection(requirement, evidence, digest)
                                                .isEmpty()));
            }
        };
    }
}
