// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.key.KeyCall;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// An operation of AWS KMS, in its protocol (AWS JSON 1.1). Its signature is good for five minutes, so for all
/// tries.
///
/// @param authorization what is signed, by whom, and the signature; shown to the service alone
record AmazonCall(KeyCall plain, String authorization) implements Call<Json> {
    private static final String AUTHORIZATION = "Authorization";
    /// What the transport writes itself, as it was signed.
    private static final Set<String> OF_TRANSPORT = Set.of("Host", "Content-Length");

    private static final int REFUSED = 400;
    private static final int FORBIDDEN = 403;

    /// @param operation for example `TrentService.Sign`
    static AmazonCall of(URI address, String operation, Bytes body, AmazonSigner signer, String why)
            throws InterruptedException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(signer.signed(
                address, Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", operation), body));
        String authorization =
                Optional.ofNullable(headers.remove(AUTHORIZATION)).orElse("");
        OF_TRANSPORT.forEach(headers::remove);
        return new AmazonCall(
                new KeyCall(address, new HashMap<>(headers), Optional.of(body), SignIn.nowhere(), why), authorization);
    }

    @Override
    public Request request() {
        return plain.request();
    }

    @Override
    public Optional<SignIn> signIn() {
        return Optional.of(new Signed(authorization));
    }

    /// What Amazon refuses it answers with 400, and says why in words that may repeat what was signed.
    @Override
    public boolean expects(int status) {
        return status == 200 || status == REFUSED || status == FORBIDDEN;
    }

    @Override
    public Json read(Response response) throws IOException {
        Json answer = plain.read(response);
        if (response.status() == 200) {
            return answer;
        }
        String type = answer.optionalText("__type").orElse("");
        String name = Said.clean(type.substring(type.indexOf('#') + 1));
        if (name.contains("Throttl") || name.contains("LimitExceeded")) {
            throw new IOException(name); // and it is tried again
        }
        String message = answer.optionalText("message")
                .or(() -> answer.optionalText("Message"))
                .filter(text -> !name.contains("Signature") && !name.contains("Token"))
                .map(text -> ": " + Said.clean(text))
                .orElse("");
        throw new TrustException(plain.why() + ": AWS KMS refuses with " + name + message);
    }

    @Override
    public String toString() {
        return "AmazonCall[" + plain.why() + "]";
    }

    private record Signed(String text) implements SignIn {
        @Override
        public Optional<String> authorization(Request request, Plain plain) {
            return Optional.of(text);
        }

        @Override
        public boolean challenged(Request request, Optional<String> sent, List<String> challenges, Plain plain) {
            return false;
        }

        @Override
        public String toString() {
            return "Signed";
        }
    }
}
