// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.files.store.access.AccessToken;
import io.kpromo.files.store.access.ServiceAccount;
import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tokens in the name of a service account: this machine's own where it is that account, else those that it is
/// given because it may act as the account (IAM Service Account Credentials API, `generateAccessToken`), else
/// those of gcloud where a person has signed in there.
record GoogleAccount(GoogleSource source, Gcloud gcloud, Surroundings around, Transport transport) {
    private static final String HOME = "https://iamcredentials.googleapis.com";
    /// As gcloud has it.
    private static final String INSTEAD = "CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS";

    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

    /// @param account as a [ServiceAccount]; empty for whoever this machine is
    /// @throws OciException where it is no account, or no way leads there; it says which were tried
    AccessToken token(String account) throws InterruptedException {
        if (account.isEmpty()) {
            GoogleWay.Got own = source.own()
                    .orElseThrow(() -> new OciException("there are no Google credentials; to sign in: gcloud auth"
                            + " application-default login, or set " + GoogleFile.NAMED))
                    .token();
            return new AccessToken(own.token(), own.expires());
        }
        try {
            return token(new ServiceAccount(account));
        } catch (InvalidNameException e) {
            throw new OciException(String.valueOf(e.getMessage()), e);
        }
    }

    private AccessToken token(ServiceAccount named) throws InterruptedException {
        String account = named.text();
        List<String> tried = new ArrayList<>();
        Optional<AccessToken> own = own(account, tried);
        if (own.isPresent()) {
            return own.get();
        }
        switch (gcloud.ask(account)) {
            case GoogleWay.Got got -> {
                return new AccessToken(got.token(), got.expires());
            }
            case GoogleWay.Absent absent -> tried.add(absent.why());
            case GoogleWay.Refused refused -> tried.add(refused.why());
        }
        throw new OciException("this machine can't act as " + account + ": " + String.join("; ", tried)
                + " (to be let: role roles/iam.serviceAccountTokenCreator on it; to sign in: gcloud auth"
                + " application-default login)");
    }

    private Optional<AccessToken> own(String account, List<String> tried) throws InterruptedException {
        Optional<GoogleSource.Own> own;
        try {
            own = source.own();
        } catch (OciException e) {
            tried.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        if (own.isEmpty()) {
            tried.add("there are no application default credentials");
            return Optional.empty();
        }
        GoogleWay.Got got = own.get().token();
        if (own.get().account().equals(Optional.of(account))) {
            return Optional.of(new AccessToken(got.token(), got.expires()));
        }
        try {
            return Optional.of(transport.send(new GenerateAccessToken(service(), account, source.signIn())));
        } catch (RegistryException e) {
            if (e.temporary()) {
                throw e;
            }
            tried.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private URI service() {
        return URI.create(around.variable(INSTEAD).orElse(HOME).replaceAll("/+$", ""));
    }

    @Override
    public String toString() {
        return "GoogleAccount";
    }

    private record GenerateAccessToken(URI service, String account, SignIn own) implements Call<AccessToken> {
        private static final int LARGEST = 64 * 1024;

        @Override
        public Request request() {
            String path = service.getRawPath() == null ? "" : service.getRawPath();
            byte[] question =
                    ("{\"scope\": [\"" + SCOPE + "\"], \"lifetime\": \"3600s\"}").getBytes(StandardCharsets.UTF_8);
            return new Request(
                    new Host(service.getRawAuthority()),
                    Method.POST,
                    URI.create(path + "/v1/projects/-/serviceAccounts/" + account + ":generateAccessToken"),
                    Map.of("Content-Type", "application/json"),
                    Optional.of(Body.of(question)),
                    Kind.TOKEN,
                    List.of(),
                    "get a token for " + account);
        }

        @Override
        public Optional<SignIn> signIn() {
            return Optional.of(own);
        }

        @Override
        public AccessToken read(Response response) throws IOException {
            try {
                JsonNode answer =
                        JsonMapper.builder().build().readTree(response.body().readNBytes(LARGEST));
                String token = answer.path("accessToken").asString("");
                if (!token.isEmpty()) {
                    return new AccessToken(
                            Secret.of(token),
                            Instant.parse(answer.path("expireTime").asString("")));
                }
            } catch (JacksonException | DateTimeParseException e) {
                // Said below; the exception may show a part of the token.
            }
            throw new IOException("the answer holds no token");
        }
    }
}
