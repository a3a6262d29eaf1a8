// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A question to a service that holds keys, in JSON: `GET` without a body, `POST` with one.
///
/// @param address absolute
/// @param headers without `Authorization`
/// @param service that is shown who asks, and nobody else is
/// @param why what it is for, as errors begin: `cannot sign with the key hashivault://release`
public record KeyCall(URI address, Map<String, String> headers, Optional<Bytes> body, SignIn service, String why)
        implements Call<Json> {
    private static final int LARGEST = 256 * 1024;

    public KeyCall {
        headers = Map.copyOf(headers);
    }

    @Override
    public Request request() {
        Request request = new Request(
                host(),
                body.isPresent() ? Method.POST : Method.GET,
                address,
                headers,
                Optional.empty(),
                Kind.KEY_SERVICE,
                List.of(),
                why);
        return body.isEmpty()
                ? request
                : request.with("Content-Type", headers.getOrDefault("Content-Type", "application/json"))
                        .with(Body.of(body.get().array()));
    }

    private Host host() {
        try {
            return new Host(address.getAuthority());
        } catch (InvalidNameException | NullPointerException e) {
            throw new TrustException(why + ": " + address.getScheme() + "://… is not the address of a service", e);
        }
    }

    @Override
    public Optional<SignIn> signIn() {
        return Optional.of(service);
    }

    @Override
    public Json read(Response response) throws IOException {
        byte[] bytes = response.body().readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new TrustException(why + ": the answer is longer than " + LARGEST + " bytes");
        }
        return Json.read("answer of " + host(), Bytes.of(bytes));
    }
}
