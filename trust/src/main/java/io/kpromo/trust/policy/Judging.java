// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import io.kpromo.oci.Digest;
import io.kpromo.trust.Identity;
import io.kpromo.trust.policy.PolicyVerdict.Share;
import io.kpromo.trust.policy.Violation.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Holds a policy against what was found. What is not proved counts as not there, and is told.
final class Judging {
    /// Violations that are told of one content; a hostile one may have thousands.
    private static final int MOST_TOLD = 20;

    /// Whether one part of a policy is met: with how much, by which platforms, or why not.
    private record Part(
            boolean met, int level, List<Evidence> accepted, Map<Digest, Share> platforms, List<Violation> violations) {
        static Part met(int level, List<Evidence> accepted) {
            return new Part(true, level, accepted, Map.of(), List.of());
        }

        static Part metBelow(int level, Map<Digest, Share> platforms) {
            return new Part(true, level, List.of(), platforms, List.of());
        }

        static Part unmet(List<Violation> violations) {
            return new Part(false, 0, List.of(), Map.of(), violations);
        }
    }

    /// One part of a policy, held against one digest alone.
    @FunctionalInterface
    private interface Rule {
        Part of(ProvenContent content);
    }

    private final ProvenancePolicy policy;

    Judging(ProvenancePolicy policy) {
        this.policy = policy;
    }

    PolicyVerdict judge(ProvenContent content) {
        List<Evidence> accepted = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        Part provenance = withPlatforms(content, this::provenance);
        violations.addAll(provenance.violations());
        accepted.addAll(provenance.accepted());
        Map<Digest, Share> platforms = new LinkedHashMap<>(provenance.platforms());
        for (String type : policy.predicateTypes()) {
            Part attested = withPlatforms(content, one -> attested(one, type));
            violations.addAll(attested.violations());
            add(accepted, attested.accepted());
            attested.platforms()
                    .forEach((digest, share) -> platforms.merge(
                            digest,
                            new Share(provenance.level(), share.accepted()),
                            (proved, more) -> new Share(
                                    proved.level(), add(new ArrayList<>(proved.accepted()), more.accepted()))));
        }
        return violations.isEmpty()
                ? new PolicyVerdict.Passed(provenance.level(), accepted, platforms)
                : new PolicyVerdict.Violated(violations);
    }

    private static List<Evidence> add(List<Evidence> accepted, List<Evidence> more) {
        more.stream().filter(evidence -> !accepted.contains(evidence)).forEach(accepted::add);
        return accepted;
    }

    /// An index meets a rule by itself, or where each of its platforms does. One without platforms has only itself.
    private Part withPlatforms(ProvenContent content, Rule rule) {
        Part own = rule.of(content);
        if (own.met() || content.platforms().isEmpty()) {
            return own;
        }
        List<Violation> violations = new ArrayList<>(own.violations());
        boolean all = true;
        int lowest = Builder.HIGHEST_LEVEL;
        Map<Digest, Share> platforms = new LinkedHashMap<>();
        for (ProvenContent platform : content.platforms()) {
            Part part = withPlatforms(platform, rule);
            all &= part.met();
            lowest = Math.min(lowest, part.met() ? part.level() : 0);
            platforms.put(platform.digest(), new Share(part.level(), part.accepted()));
            platforms.putAll(part.platforms());
            for (Violation violation : part.violations()) {
                add(violations, violation.reason(), platform.name() + " " + platform.digest() + ": " + violation);
            }
        }
        return all ? Part.metBelow(lowest, platforms) : Part.unmet(violations);
    }

    private Part provenance(ProvenContent content) {
        List<Evidence> accepted = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        int best = 0;
        for (Evidence evidence : content.evidence()) {
            if (evidence.isProvenance() || evidence.isUnreadable()) {
                int level = level(evidence, violations);
                if (level > 0) {
                    accepted.add(evidence);
                    best = Math.max(best, level);
                }
            }
        }
        if (accepted.isEmpty() && violations.isEmpty()) {
            violations.add(new Violation(Reason.NO_PROVENANCE, "no SLSA provenance was found"));
        }
        return accepted.isEmpty() ? Part.unmet(violations) : Part.met(best, accepted);
    }

    /// The level that a provenance proves; 0 where it is not to be accepted, with why.
    private int level(Evidence evidence, List<Violation> violations) {
        return signed(evidence, "provenance", violations) ? claimed(evidence, violations) : 0;
    }

    /// Whether it verifies, by a listed signer, about this digest. Nothing of its content is believed before.
    private boolean signed(Evidence evidence, String what, List<Violation> violations) {
        String here = what + " (" + evidence.where() + ") ";
        switch (evidence.standing()) {
            case Standing.Unsigned _ -> add(violations, Reason.NOT_SIGNED, here + "is not signed");
            case Standing.Unverifiable(var why) ->
                add(violations, Reason.NOT_VERIFIED, here + "cannot be verified: " + why);
            case Standing.Failed(var why)
            when evidence.isUnreadable() ->
                add(violations, Reason.UNREADABLE, evidence.where() + " cannot be read: " + why);
            case Standing.Failed(var why) -> add(violations, Reason.NOT_VERIFIED, here + "does not verify: " + why);
            case Standing.Verified(Identity signer, var _)
            when !policy.trusts(signer) ->
                add(violations, Reason.SIGNER, here + "is signed by " + signer + ", who is not a listed signer");
            case Standing.Verified _
            when !evidence.about() -> add(violations, Reason.OTHER_DIGEST, here + "is about another digest");
            case Standing.Verified _ -> {
                return true;
            }
        }
        return false;
    }

    private int claimed(Evidence evidence, List<Violation> violations) {
        String here = "provenance (" + evidence.where() + ") ";
        Identity signer = evidence.signer().orElseThrow();
        ProvenanceClaim claim;
        try {
            claim = ProvenanceClaim.of(
                    evidence.statement().orElseThrow(() -> new InvalidPolicyException("it has no statement")));
        } catch (InvalidPolicyException e) {
            return none(violations, Reason.UNREADABLE, here + "cannot be understood: " + e.getMessage());
        }
        List<Builder> named = policy.builders().stream()
                .filter(builder -> builder.isCalled(claim.builder()))
                .toList();
        if (named.isEmpty()) {
            return none(
                    violations,
                    Reason.BUILDER,
                    here + "names the builder " + claim.builder() + ", which is not listed");
        }
        Stream<Builder> allowed = named.stream().filter(builder -> builder.mayBeClaimedBy(signer));
        int level = allowed.mapToInt(Builder::level).max().orElse(0);
        if (level == 0) {
            return none(
                    violations,
                    Reason.BUILDER_NOT_FOR_SIGNER,
                    here + "is signed by " + signer + ", who may not claim the builder " + claim.builder());
        }
        if (!policy.sources().isEmpty() && !policy.sources().containsAll(claim.sources())) {
            return none(
                    violations,
                    Reason.SOURCE,
                    here + "names the source " + String.join(", ", claim.sources()) + ", which is not listed");
        }
        if (!policy.sources().isEmpty() && claim.sources().isEmpty()) {
            return none(violations, Reason.SOURCE, here + "names no source");
        }
        if (level < policy.level()) {
            return none(
                    violations,
                    Reason.LEVEL,
                    here + "reaches SLSA build level " + level + ", wanted is " + policy.level());
        }
        return level;
    }

    private Part attested(ProvenContent content, String type) {
        List<Violation> violations = new ArrayList<>();
        List<Evidence> accepted = content.evidence().stream()
                .filter(evidence -> evidence.predicateType().equals(type))
                .filter(evidence -> signed(evidence, type, violations))
                .toList();
        if (!accepted.isEmpty()) {
            return Part.met(Builder.HIGHEST_LEVEL, accepted);
        }
        if (violations.isEmpty()) {
            violations.add(new Violation(Reason.PREDICATE_TYPE, "no attestation of " + type + " was found"));
        }
        return Part.unmet(violations);
    }

    private static int none(List<Violation> violations, Reason reason, String text) {
        add(violations, reason, text);
        return 0;
    }

    private static void add(List<Violation> violations, Reason reason, String text) {
        if (violations.size() < MOST_TOLD) {
            violations.add(new Violation(reason, text));
        } else if (violations.size() == MOST_TOLD) {
            violations.add(new Violation(reason, "and more"));
        }
    }
}
