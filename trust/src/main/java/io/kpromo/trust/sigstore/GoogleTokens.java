// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.Host;
import io.kpromo.oci.auth.Credential;
import io.kpromo.oci.auth.CredentialSource;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Transport;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Tokens for a Google service account, by whoever may make them in its name. Google's "IAM Service Account
/// Credentials API", method `generateIdToken`.
public final class GoogleTokens implements IdentityTokens {
    /// Where Google serves it.
    public static final URI CREDENTIALS = URI.create("https://iamcredentials.googleapis.com");

    /// Any host of Google's registries: they take the access token that this needs too.
    private static final Host GOOGLE = new Host("gcr.io");

    private final Transport transport;
    private final URI service;
    private final String account;
    private final CredentialSource credentials;

    /// @param service [#CREDENTIALS], but in tests
    /// @param account an e-mail address
    /// @param credentials gives access tokens of this machine for Google's registries, as module `cloud` does
    public GoogleTokens(Transport transport, URI service, String account, CredentialSource credentials) {
        this.transport = transport;
        this.service = service;
        this.account = account;
        this.credentials = credentials;
    }

    /// Empty where this machine has no credentials of Google.
    @Override
    public Optional<Secret> token() throws InterruptedException {
        Optional<Credential> own = credentials.find(GOOGLE, "");
        if (own.isEmpty() || !(own.get() instanceof Credential.RegistryToken bearer)) {
            return Optional.empty();
        }
        String path = "/v1/projects/-/serviceAccounts/" + URLEncoder.encode(account, StandardCharsets.UTF_8)
                + ":generateIdToken";
        ServiceCall call = ServiceCall.post(
                        service,
                        path,
                        Kind.TOKEN,
                        JsonText.write(
                                JsonText.object().put("audience", AUDIENCE).put("includeEmail", true)),
                        "cannot get an identity token for " + account
                                + ", which needs role roles/iam.serviceAccountTokenCreator on it")
                .as(SignIn.bearer(() -> bearer.token().reveal()));
        return Optional.of(Secret.of(Json.read(
                        "answer of Google's IAM to the request for a token",
                        transport.send(call).body())
                .text("token")));
    }
}
