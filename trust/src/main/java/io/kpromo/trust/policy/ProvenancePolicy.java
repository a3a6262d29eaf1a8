// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import io.kpromo.trust.Identity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What has to be proved of the images of a source. An image passes with SLSA provenance that verifies, is signed
/// by one of the signers, is about this very digest, and names one of the builders and one of the sources.
///
/// @param mode what a violation leads to
/// @param signers whose statements count; nobody else's do
/// @param builders that may have built it
/// @param sources that it may have been built from, as `host/path` without scheme; empty for any
/// @param predicateTypes that have to be attested as well, by one of the signers
/// @param level the least SLSA build level, 1 to 3
public record ProvenancePolicy(
        Mode mode,
        List<Signer> signers,
        List<Builder> builders,
        List<String> sources,
        List<String> predicateTypes,
        int level) {
    /// What a violation leads to.
    public enum Mode {
        /// Nothing is asked.
        OFF,
        /// It is told, and the image is promoted.
        WARN,
        /// The image is not promoted.
        REQUIRE;

        /// As it stands in a manifest.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ProvenancePolicy {
        signers = List.copyOf(signers);
        builders = List.copyOf(builders);
        sources = sources.stream().map(SourceName::of).distinct().sorted().toList();
        predicateTypes = List.copyOf(predicateTypes);
        Builder.checkLevel(level);
        if (mode != Mode.OFF && signers.isEmpty()) {
            throw new InvalidPolicyException("mode " + mode + " without signers: nobody could pass; list signers");
        }
        if (mode != Mode.OFF && builders.isEmpty()) {
            throw new InvalidPolicyException("mode " + mode + " without builders: nobody could pass; list builders");
        }
        for (Builder builder : builders) {
            checkBound(builder, signers);
        }
    }

    /// A builder that is bound to somebody whom the policy does not take could never pass. Expressions are let
    /// through: what they match is known only when somebody has signed.
    private static void checkBound(Builder builder, List<Signer> signers) {
        for (Signer bound : builder.signers()) {
            Optional<Identity> who = bound.only();
            if (who.isPresent() && signers.stream().noneMatch(signer -> signer.matches(who.get()))) {
                throw new InvalidPolicyException("builder " + builder.id() + " is bound to " + bound
                        + ", who is not among the policy's signers; list it there too");
            }
        }
    }

    /// Whether this signer's statements count.
    public boolean trusts(Identity signer) {
        return signers.stream().anyMatch(listed -> listed.matches(signer));
    }

    /// Tells whether an image passes. Pure: no I/O, no clock. The mode plays no part in it.
    public PolicyVerdict judge(ProvenContent content) {
        return new Judging(this).judge(content);
    }
}
