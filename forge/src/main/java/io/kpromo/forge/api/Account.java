// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.SignIn;
import java.util.Optional;

/// Who asks, and whom.
///
/// @param forge what it is called in messages: `GitHub`
/// @param token shown to the API's host alone
/// @param variable of the environment that holds a token, for advice: `GITHUB_TOKEN`
public record Account(String forge, Optional<Secret> token, String variable) {
    SignIn signIn() {
        return token.map(secret -> SignIn.bearer(secret::reveal)).orElse(SignIn.nowhere());
    }

    public boolean signedIn() {
        return token.isPresent();
    }

    /// What to do where something is missing, or not to be seen.
    String hidden() {
        return forge + " has no such thing, or hides it from "
                + (signedIn() ? "the account of this token" : "those who don't sign in: set " + variable);
    }

    /// What to do about a refusal, where that is known.
    String advice(int status) {
        return switch (status) {
            case 401 ->
                signedIn()
                        ? "; the token in " + variable + " is wrong or has expired: make a new one"
                        : "; set " + variable;
            case 403 ->
                signedIn()
                        ? "; let the account of the token in " + variable + " do this"
                        : "; set " + variable + " to a token that may do this";
            case 301, 302, 307, 308 -> "; it has moved: use its new name";
            default -> "";
        };
    }
}
