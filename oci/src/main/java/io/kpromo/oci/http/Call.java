// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.util.Optional;

/// A request and how its answer is read; building and reading are pure and need no socket to be tested.
///
/// @param <T> what the answer tells
public interface Call<T> {
    /// Built anew for each try, so that a broken download can ask for the rest of it.
    Request request();

    /// Reads the answer. Statuses that this call does not expect are not shown to it unless [#expects] says so.
    ///
    /// @throws IOException when the body breaks off or is not what it should be; the transport tries again
    T read(Response response) throws IOException, InterruptedException;

    /// Whether this status is an answer rather than a failure; the 2xx are.
    default boolean expects(int status) {
        return status >= 200 && status < 300;
    }

    /// How it is signed in, where that is not as the transport signs in to registries: services of other kinds.
    default Optional<SignIn> signIn() {
        return Optional.empty();
    }
}
