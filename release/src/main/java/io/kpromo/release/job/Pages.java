// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.job;

import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Small files and answers, read as anybody, or signed in where a token is meant for.
record Pages(JobAccess access) {
    private static final int LARGEST = 4 << 20;

    /// @return empty where there is none
    Optional<String> text(URI address, String why) throws InterruptedException {
        Host host = host(address, why);
        return access.transport().send(new Call<Optional<String>>() {
            @Override
            public Request request() {
                return new Request(
                        host,
                        Method.GET,
                        address,
                        Map.of("Accept", "application/json, text/plain;q=0.9, */*;q=0.1"),
                        Optional.empty(),
                        Kind.READ_FORGE,
                        List.of(),
                        why);
            }

            @Override
            public boolean expects(int status) {
                return status == 200 || status == 404;
            }

            @Override
            public Optional<SignIn> signIn() {
                return Optional.of(access.token()
                        .filter(token -> token.isFor(address))
                        .map(token -> SignIn.bearer(token.secret()::reveal))
                        .orElse(SignIn.nowhere()));
            }

            @Override
            public Optional<String> read(Response response) throws IOException {
                if (response.status() == 404) {
                    return Optional.empty();
                }
                byte[] bytes = response.body().readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new OciException(why + ": the answer is larger than " + LARGEST + " bytes");
                }
                return Optional.of(new String(bytes, StandardCharsets.UTF_8));
            }
        });
    }

    private static Host host(URI address, String why) {
        try {
            return new Host(String.valueOf(address.getRawAuthority()));
        } catch (InvalidNameException e) {
            throw new OciException(why + ": " + address + " is no address: " + e.getMessage(), e);
        }
    }
}
