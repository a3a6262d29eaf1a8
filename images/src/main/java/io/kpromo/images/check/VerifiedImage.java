// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.check;

import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.trust.inspect.Answer;
import io.kpromo.trust.inspect.Requirement;
import java.util.Map;
import java.util.Optional;

/// What the verification of an image came to.
///
/// @param asked as the image was named
/// @param digest that it has; empty where that could not be found out
/// @param name that proof has to be about
/// @param answers to what is required; empty where nothing was looked at
/// @param failure why nothing was looked at; empty where it was
public record VerifiedImage(
        ImageReference asked,
        Optional<Digest> digest,
        String name,
        Map<Requirement, Answer> answers,
        Optional<String> failure) {
    /// Whether all that is required verifies.
    public boolean isVerified() {
        return failure.isEmpty() && answers.values().stream().allMatch(Answer::isMet);
    }
}
