// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.inspect;

import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Tag;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.policy.Evidence;
import io.kpromo.trust.policy.Standing;
import io.kpromo.trust.statement.PromotionRecord;
import io.kpromo.trust.statement.Shown;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import io.kpromo.trust.statement.VerificationSummary;
import java.util.Optional;
import java.util.stream.Collectors;

/// What proof has to say to count.
///
/// @param identity whose it has to be
/// @param name by which users pull the image, without tag or digest
public record Expectation(ExpectedIdentity identity, String name) {
    /// Why some evidence does not count; empty where it does.
    ///
    /// @param digest of the image
    Optional<String> objection(Requirement requirement, Evidence evidence, Digest digest) {
        return switch (evidence.standing()) {
            case Standing.Failed(String why) -> Optional.of("does not verify: " + why);
            case Standing.Unsigned _ -> Optional.of("is not signed");
            case Standing.Unverifiable(String why) -> Optional.of("can't be verified: " + why);
            case Standing.Verified verified
            when !identity.matches(verified.signer()) ->
                Optional.of("is by " + verified.signer() + ", expected is " + identity);
            case Standing.Verified _ when !evidence.about() -> Optional.of("is about another digest");
            case Standing.Verified _ ->
                evidence.statement().flatMap(statement -> objection(requirement, statement, digest));
        };
    }

    private Optional<String> objection(Requirement requirement, Statement statement, Digest digest) {
        if (requirement.namesTheImage() && statement.subjects().stream().noneMatch(s -> isIt(requirement, s, digest))) {
            String names = statement.subjects().stream()
                    .filter(subject -> subject.digest().equals(digest))
                    .limit(3)
                    .map(subject -> subject.name().map(Shown::briefly).orElse("no name"))
                    .collect(Collectors.joining(", "));
            return Optional.of("is for " + names + ", expected is " + name);
        }
        try {
            return switch (requirement) {
                case SIGNATURE, PROVENANCE -> Optional.empty();
                case RECORD -> {
                    PromotionRecord.of(statement);
                    yield Optional.empty();
                }
                case VSA ->
                    VerificationSummary.of(statement).passed()
                            ? Optional.empty()
                            : Optional.of("says that the verification failed");
            };
        } catch (TrustException malformed) {
            return Optional.of(String.valueOf(malformed.getMessage()));
        }
    }

    /// cosign's own signatures name nothing; whatever has a name has to have the right one.
    private boolean isIt(Requirement requirement, Subject subject, Digest digest) {
        return subject.digest().equals(digest)
                && subject.name().map(this::isName).orElse(requirement == Requirement.SIGNATURE);
    }

    /// Older promoters wrote the tag behind the name.
    private boolean isName(String said) {
        if (!said.startsWith(name)) {
            return false;
        }
        String rest = said.substring(name.length());
        return rest.isEmpty() || (rest.startsWith(":") && isTag(rest.substring(1)));
    }

    private static boolean isTag(String text) {
        try {
            return new Tag(text).text().equals(text);
        } catch (InvalidNameException e) {
            return false;
        }
    }
}
