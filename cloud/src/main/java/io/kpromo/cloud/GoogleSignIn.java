// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.SignIn;
import java.util.List;
import java.util.Optional;

/// Shows Google's services the access token that this machine has.
record GoogleSignIn(GoogleSource source) implements SignIn {
    @Override
    public Optional<String> authorization(Request request, Plain plain) throws InterruptedException {
        return Optional.of("Bearer " + source.accessToken().reveal());
    }

    @Override
    public boolean challenged(Request request, Optional<String> sent, List<String> challenges, Plain plain) {
        return false;
    }

    @Override
    public String toString() {
        return "GoogleSignIn";
    }
}
