// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/// A question to a forge. That it refuses is an answer: for a limit it takes another wait than registries ask for,
/// and otherwise its reasons stand in forms of its own.
///
/// @param built anew for each try
/// @param as who asks; the transport shows it to the request's own host and to none that this redirects to
/// @param bucket the limit that it counts against
/// @param tries how often it was refused for a limit, this time included
record ApiCall<T>(Supplier<Request> built, SignIn as, RateLimits limits, String bucket, int tries, Reader<T> reader)
        implements Call<ApiCall.Reply<T>> {
    private static final int LONGEST_REFUSAL = 64 * 1024;

    sealed interface Reply<T> {
        record Found<T>(T what) implements Reply<T> {}

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

    /// All but the forge's own trouble.
    @Override
    public boolean expects(int status) {
        return status >= 200 && status < 500 && status != 408;
    }

    @Override
    public Reply<T> read(Response response) throws IOException, InterruptedException {
        limits.learned(bucket, response);
        if (response.status() < 300) {
            return new Reply.Found<>(reader.read(response));
        }
        String body = new String(response.body().readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8);
        boolean limited = response.status() == 403 || response.status() == 429;
        return limited && limits.refused(response, body, tries)
                ? new Reply.Limited<>()
                : new Reply.Refused<>(response.status(), Said.of(body));
    }
}
