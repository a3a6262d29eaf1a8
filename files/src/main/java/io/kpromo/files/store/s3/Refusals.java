// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.oci.http.RegistryException;
import java.util.Optional;

/// Why looks at a bucket are refused, which answers to `HEAD` can't say. It is asked once for all files: who is
/// refused ten thousand of them is refused all for one reason, as a rule.
final class Refusals {
    /// Asks for the same in another way, so that a refusal says why.
    @FunctionalInterface
    interface Question {
        /// @throws RegistryException with the reason
        void ask() throws InterruptedException;
    }

    private record Kind(int status, Optional<String> keys) {}

    /// @param url what was asked for
    /// @param reason empty where that was not refused
    private record Answer(String url, Optional<RegistryException> reason) {}

    private final InFlight<Kind, Answer> answers = InFlight.keeping();

    /// The refusal with its reason, or with that of another file that the same keys were refused with the same status.
    ///
    /// @param keys that were refused, by their id
    RegistryException explained(RegistryException refusal, Optional<String> keys, String url, Question question)
            throws InterruptedException {
        Answer answer = answers.once(new Kind(refusal.status(), keys), () -> {
            try {
                question.ask();
                return new Answer(url, Optional.empty());
            } catch (RegistryException reason) {
                if (reason.temporary()) {
                    throw reason;
                }
                return new Answer(url, Optional.of(reason));
            }
        });
        return answer.reason()
                .map(reason -> answer.url().equals(url) ? reason : likewise(refusal, answer.url(), reason))
                .orElse(refusal);
    }

    private static RegistryException likewise(RegistryException refusal, String other, RegistryException reason) {
        String said = reason.said().isEmpty() ? "" : ": " + reason.said();
        return new RegistryException(
                refusal.request(),
                refusal.status(),
                "",
                "an answer to HEAD has no body to say why; of " + other + " it says "
                        + reason.code().orElse("nothing") + said,
                refusal.tries());
    }
}
