// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.access;

import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.SignIn;
import java.util.List;
import java.util.Optional;

/// Shows a token to the host of the request, asked for or not, and to nobody else. When it is refused before its
/// time, another is asked for, and the request sent once more.
public final class TokenSignIn implements SignIn {
    private final Remembered<AccessToken> token;

    public TokenSignIn(Remembered<AccessToken> token) {
        this.token = token;
    }

    private static String header(AccessToken token) {
        return "Bearer " + token.text().reveal();
    }

    @Override
    public Optional<String> authorization(Request request, Plain plain) throws InterruptedException {
        return Optional.of(header(token.get()));
    }

    @Override
    public boolean challenged(Request request, Optional<String> sent, List<String> challenges, Plain plain) {
        return token.refused(shown -> sent.equals(Optional.of(header(shown))));
    }

    @Override
    public String toString() {
        return "TokenSignIn";
    }
}
