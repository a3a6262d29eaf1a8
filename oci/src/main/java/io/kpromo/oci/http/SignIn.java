// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// How requests are signed in. The one for registries is `io.kpromo.oci.auth.RegistrySignIn`.
public interface SignIn {
    /// What is sent as `Authorization`, if anything. May ask others for a token first, through `plain`.
    ///
    /// @throws RegistryException when the token that it needs is refused
    Optional<String> authorization(Request request, Plain plain) throws InterruptedException;

    /// A registry answered 401. Learns from it.
    ///
    /// @param sent what was refused
    /// @param challenges the values of `WWW-Authenticate`
    /// @return whether [#authorization] has something else to say now, so that asking again may help
    boolean challenged(Request request, Optional<String> sent, List<String> challenges, Plain plain)
            throws InterruptedException;

    /// The registry answered otherwise, or not at all. Called once for each request that was not [#challenged].
    ///
    /// @param answered whether there was an answer
    default void settled(Request request, boolean answered) {}

    /// Signs in nowhere.
    static SignIn nowhere() {
        return new SignIn() {
            @Override
            public Optional<String> authorization(Request request, Plain plain) {
                return Optional.empty();
            }

            @Override
            public boolean challenged(Request request, Optional<String> sent, List<String> challenges, Plain plain) {
                return false;
            }
        };
    }

    /// Shows this token to the host of the request and to nobody else, asked for or not.
    static SignIn bearer(Supplier<String> token) {
        return new SignIn() {
            @Override
            public Optional<String> authorization(Request request, Plain plain) {
                return Optional.of("Bearer " + token.get());
            }

            @Override
            public boolean challenged(Request request, Optional<String> sent, List<String> challenges, Plain plain) {
                return false;
            }
        };
    }

    /// Sends requests that are part of signing in. They are limited, tried again, counted and traced as all others.
    interface Plain {
        /// @param authorization what to send; it goes nowhere but to the origin of the request's target, which has
        ///     to be absolute
        /// @param stranger whether nothing vouches for that address, so that it must not be an inner one
        <T> T send(Call<T> call, Optional<String> authorization, boolean stranger) throws InterruptedException;
    }
}
