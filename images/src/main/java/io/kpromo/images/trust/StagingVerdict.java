// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import io.kpromo.images.manifest.PlacedPolicy;
import io.kpromo.images.proof.Vetted;
import java.util.List;
import java.util.Optional;

/// What the check of a content in staging came to.
///
/// @param staged the content
/// @param policy that it has to meet; empty where it has none
/// @param result whether it may be promoted
/// @param digests what was found: the image first, then the manifests of an index, where the policy needs them
public record StagingVerdict(
        Staged staged, Optional<PlacedPolicy> policy, Result result, List<DigestEvidence> digests) {
    /// Whether it may be promoted.
    public sealed interface Result {
        /// It may.
        ///
        /// @param level SLSA build level that the policy found proved; 0 where there is no policy
        record Passed(int level) implements Result {}

        /// It may, and somebody should have a look.
        record Warned(List<String> why) implements Result {
            public Warned {
                why = List.copyOf(why);
            }
        }

        /// It may not: a policy is violated, or something was tampered with.
        record Refused(List<String> why) implements Result {
            public Refused {
                why = List.copyOf(why);
            }
        }

        /// It was promoted before, and staging does not hold it any more: nothing can be said of it.
        record Gone(List<String> why) implements Result {
            public Gone {
                why = List.copyOf(why);
            }
        }

        /// It may not, because nobody could look. Another run may tell.
        record Unseen(List<String> why) implements Result {
            public Unseen {
                why = List.copyOf(why);
            }
        }
    }

    public StagingVerdict {
        digests = List.copyOf(digests);
    }

    /// Whether the image must not be promoted.
    public boolean blocks() {
        return refused() || unseen();
    }

    /// Whether it was promoted before and can't be looked at any more.
    public boolean gone() {
        return result instanceof Result.Gone;
    }

    /// What summaries tell of it, and what is carried. Empty where nobody can tell.
    public Optional<Vetted> vetted() {
        return digests.isEmpty() ? Optional.empty() : Optional.of(new Vetting(staged.source(), digests).vetted());
    }

    /// Whether a rule says no: exit code 3.
    public boolean refused() {
        return result instanceof Result.Refused;
    }

    /// Whether looking failed: exit code 1.
    public boolean unseen() {
        return result instanceof Result.Unseen;
    }

    /// What is wrong or deserves a look; empty where all is well.
    public List<String> reasons() {
        return switch (result) {
            case Result.Passed _ -> List.of();
            case Result.Warned(var why) -> why;
            case Result.Refused(var why) -> why;
            case Result.Gone(var why) -> why;
            case Result.Unseen(var why) -> why;
        };
    }

    /// As reports have it: `passed`, `warned`, `refused`, `gone`, `unseen`.
    public String word() {
        return switch (result) {
            case Result.Passed _ -> "passed";
            case Result.Warned _ -> "warned";
            case Result.Refused _ -> "refused";
            case Result.Gone _ -> "gone";
            case Result.Unseen _ -> "unseen";
        };
    }

    /// One line: `gcr.io/stage/a@sha256:…: refused: no SLSA provenance was found`
    @Override
    public String toString() {
        return staged + ": " + word() + (reasons().isEmpty() ? "" : ": " + String.join("; ", reasons()));
    }
}
