// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/// A question to GitHub. That it refuses for a limit is an answer, for it takes another wait than registries ask for.
///
/// @param built anew for each try
/// @param as who asks; the transport shows it to the request's own host and to none that this redirects to
/// @param tries how often it was refused for a limit, this time included
record ApiCall<T>(Supplier<Request> built, SignIn as, RateLimits limits, int tries, Reader<T> reader)
        implements Call<ApiCall.Reply<T>> {
    private static final int LONGEST_REFUSAL = 64 * 1024;

    /// Reads what was asked for.
    @FunctionalInterface
    interface Reader<T> {
        T read(Response response) throws IOException, InterruptedException;
    }

    sealed interface Reply<T> {
        record Found<T>(T what) implements Reply<T> {}

        record Missing<T>() implements Reply<T> {}

        /// To be asked again, when it may be.
        record Limited<T>() implements Reply<T> {}

        record Refused<T>(int status, String said) implements Reply<T> {}
    }

    @Override
    public Request request() {
        return built.get();
    }

    @Override
    public Optional<SignIn> signIn() {
        return Optional.of(as);
    }

    @Override
    public boolean expects(int status) {
        return status == 200 || status == 206 || status == 403 || status == 404 || status == 429;
    }

    @Override
    public Reply<T> read(Response response) throws IOException, InterruptedException {
        limits.learned(response);
        if (response.status() == 404) {
            return new Reply.Missing<>();
        }
        if (response.status() == 403 || response.status() == 429) {
            String said = new String(response.body().readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8);
            return limits.refused(response, said, tries)
                    ? new Reply.Limited<>()
                    : new Reply.Refused<>(response.status(), ReleaseJson.message(said));
        }
        return new Reply.Found<>(reader.read(response));
    }
}
