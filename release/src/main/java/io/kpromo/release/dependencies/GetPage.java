// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.oci.Host;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A page that everybody may read. Nobody signs in for it.
///
/// @param largest size in bytes
record GetPage(URI address, int largest, String why) implements Call<byte[]> {
    @Override
    public Request request() {
        return new Request(
                new Host(address.getRawAuthority().toLowerCase(Locale.ROOT)),
                Method.GET,
                address,
                Map.of("Accept", "*/*"),
                Optional.empty(),
                Kind.GET_FILE,
                List.of(),
                why);
    }

    @Override
    public Optional<SignIn> signIn() {
        return Optional.of(SignIn.nowhere());
    }

    @Override
    public byte[] read(Response response) throws IOException {
        byte[] bytes = response.body().readNBytes(largest);
        if (bytes.length == largest && response.body().read() >= 0) {
            throw new IOException(address + " has more than " + largest + " bytes");
        }
        return bytes;
    }
}
