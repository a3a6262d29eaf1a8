// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.oci.auth.Secret;
import java.time.Instant;
import java.util.Optional;

/// One place where this machine may have Google credentials.
interface GoogleWay {
    /// Asks for a token, each time anew.
    ///
    /// @throws io.kpromo.oci.OciException when whoever gives it can't be reached, so that another time it may be
    ///     had
    Answer ask() throws InterruptedException;

    /// The service account whose tokens these are; empty where that is not known.
    default Optional<String> account() throws InterruptedException {
        return Optional.empty();
    }

    /// What came of it.
    sealed interface Answer permits Got, Absent, Refused {}

    /// An access token.
    record Got(Secret token, Instant expires) implements Answer {}

    /// There is nothing here.
    record Absent(String why) implements Answer {}

    /// There is something, which is of no use.
    ///
    /// @param named whether a person has named it to be used, so that going on without it would be wrong
    record Refused(String why, boolean named) implements Answer {}
}
