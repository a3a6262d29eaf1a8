// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.Host;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A request to a service of Sigstore. Nobody's credentials go along but those given here.
///
/// @param base the service's address
/// @param path below it, from a slash on, with a query where there is one
/// @param answers statuses beyond 2xx that are answers
/// @param most bytes that are read of the answer
/// @param why what it is for, as messages and traces say it
record ServiceCall(
        URI base,
        Method method,
        String path,
        Kind kind,
        Map<String, String> headers,
        Optional<Bytes> content,
        Set<Integer> answers,
        int most,
        SignIn as,
        String why)
        implements Call<ServiceCall.Reply> {
    static final int LARGEST = 4 << 20;
    private static final Map<String, String> JSON =
            Map.of("Content-Type", "application/json", "Accept", "application/json");

    /// @param location header `Location`
    record Reply(int status, Optional<String> location, Bytes body) {}

    static ServiceCall post(URI base, String path, Kind kind, Bytes json, String why) {
        return new ServiceCall(
                base, Method.POST, path, kind, JSON, Optional.of(json), Set.of(), LARGEST, SignIn.nowhere(), why);
    }

    static ServiceCall get(URI base, String path, Kind kind, String why) {
        return new ServiceCall(
                base,
                Method.GET,
                path,
                kind,
                Map.of("Accept", "application/json"),
                Optional.empty(),
                Set.of(),
                LARGEST,
                SignIn.nowhere(),
                why);
    }

    ServiceCall with(Map<String, String> other) {
        return new ServiceCall(base, method, path, kind, other, content, answers, most, as, why);
    }

    ServiceCall answering(Integer... more) {
        return new ServiceCall(base, method, path, kind, headers, content, Set.of(more), most, as, why);
    }

    /// @param bytes that are read of the answer
    ServiceCall atMost(int bytes) {
        return new ServiceCall(base, method, path, kind, headers, content, answers, bytes, as, why);
    }

    ServiceCall as(SignIn who) {
        return new ServiceCall(base, method, path, kind, headers, content, answers, most, who, why);
    }

    @Override
    public Request request() {
        String above = base.getRawPath() == null ? "" : base.getRawPath();
        String target = (above.endsWith("/") ? above.substring(0, above.length() - 1) : above) + path;
        return new Request(
                host(base),
                method,
                URI.create(target.isEmpty() ? "/" : target),
                headers,
                content.map(bytes -> Body.of(bytes.array())),
                kind,
                List.of(),
                why);
    }

    /// @throws TrustException where the address names no host, or holds a user or a query
    static Host host(URI base) {
        boolean web = "https".equals(base.getScheme()) || "http".equals(base.getScheme());
        if (!web || base.getRawAuthority() == null || base.getRawUserInfo() != null || base.getRawQuery() != null) {
            throw new TrustException("the address of a Sigstore service has to be https://HOST[:PORT][/PATH]: "
                    + (base.getHost() == null ? "this one has no host" : "see the one for " + base.getHost()));
        }
        return new Host(base.getRawAuthority());
    }

    @Override
    public Optional<SignIn> signIn() {
        return Optional.of(as);
    }

    @Override
    public boolean expects(int status) {
        return Call.super.expects(status) || answers.contains(status);
    }

    @Override
    public Reply read(Response response) throws IOException {
        byte[] body = response.body().readNBytes(most + 1);
        if (body.length > most) {
            throw new TrustException(
                    why + ": the answer of " + host(base) + path + " has more than " + most + " bytes");
        }
        return new Reply(response.status(), response.header("Location"), Bytes.of(body));
    }
}
