// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Transport;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tokens of a job in GitHub Actions that has the permission `id-token: write`. GitHub's "OpenID Connect
/// reference".
public final class GitHubTokens implements IdentityTokens {
    private final Transport transport;
    private final Map<String, String> environment;

    public GitHubTokens(Transport transport, Map<String, String> environment) {
        this.transport = transport;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<Secret> token() throws InterruptedException {
        String address = environment.getOrDefault("ACTIONS_ID_TOKEN_REQUEST_URL", "");
        Secret bearer = Secret.of(environment.getOrDefault("ACTIONS_ID_TOKEN_REQUEST_TOKEN", ""));
        if (address.isEmpty() || bearer.isEmpty()) {
            return Optional.empty();
        }
        ServiceCall.Reply reply = transport.send(call(address, bearer));
        return Optional.of(Secret.of(Json.read("answer of GitHub Actions to the request for a token", reply.body())
                .text("value")));
    }

    private static ServiceCall call(String address, Secret bearer) {
        try {
            URI url = new URI(address);
            URI base = new URI(url.getScheme(), url.getRawAuthority(), null, null, null);
            String query = url.getRawQuery() == null ? "" : url.getRawQuery() + "&";
            return new ServiceCall(
                    base,
                    Method.GET,
                    url.getRawPath() + "?" + query + "audience=" + AUDIENCE,
                    Kind.TOKEN,
                    Map.of("Accept", "application/json"),
                    Optional.empty(),
                    Set.of(),
                    ServiceCall.LARGEST,
                    SignIn.bearer(bearer::reveal),
                    "cannot get an identity token of GitHub Actions");
        } catch (URISyntaxException e) {
            throw new TrustException("ACTIONS_ID_TOKEN_REQUEST_URL is no address", e);
        }
    }
}
