// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.check;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Platform;
import io.kpromo.trust.inspect.Answer;
import io.kpromo.trust.inspect.Requirement;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the check of one image came to.
///
/// @param name by which users pull it
/// @param manifests the image's own first, then those below it, parents before their children
/// @param failure why it could not be looked at, or not at all of it; empty where it was
public record Checked(Promoted image, String name, List<OfManifest> manifests, Optional<String> failure) {
    /// @param platform of the manifest, where an index tells it
    /// @param answers to what is required of it
    public record OfManifest(Digest digest, Optional<String> platform, Map<Requirement, Answer> answers) {
        public OfManifest {
            EnumMap<Requirement, Answer> sorted = new EnumMap<>(Requirement.class);
            sorted.putAll(answers);
            answers = Collections.unmodifiableMap(sorted);
        }

        static OfManifest of(Descriptor child, Map<Requirement, Answer> answers) {
            return new OfManifest(child.digest(), child.platform().map(Platform::toString), answers);
        }

        /// Whether all that is required verifies.
        public boolean isProven() {
            return answers.values().stream().allMatch(Answer::isMet);
        }
    }

    public Checked {
        manifests = List.copyOf(manifests);
    }

    /// Whether all that is required verifies, for the image and all below.
    public boolean isProven() {
        return failure.isEmpty() && manifests.stream().allMatch(OfManifest::isProven);
    }
}
