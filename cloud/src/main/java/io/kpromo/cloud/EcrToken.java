// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Credential;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks ECR for a token: its operation `GetAuthorizationToken`, one signed request. The SDK signs; its client for
/// the whole service would be a third of all its jars for this one call.
final class EcrToken {
    private static final int TRIES = 3;
    private static final int LARGEST = 256 * 1024;
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Surroundings around;
    private final Time time;

    EcrToken(Surroundings around, Time time) {
        this.around = around;
        this.time = time;
    }

    private record Page(int status, String body) {
        /// Whether the same may go well in a moment.
        boolean isPassing() {
            return status >= 500 || status == 429 || body.contains("Throttl");
        }
    }

    /// @param host the registry, for errors
    /// @throws OciException when there is none to be had
    Credential.Basic get(EcrHost registry, Host host, AwsCredentials keys) throws InterruptedException {
        String failure = "";
        for (int i = 1; i <= TRIES; i++) {
            try {
                Page page = exchange(registry, keys);
                if (page.status() == 200) {
                    return read(registry, page.body(), host);
                }
                failure = page.status() + " " + reason(page.body(), keys);
                if (!page.isPassing()) {
                    break;
                }
            } catch (IOException e) {
                failure = Said.by(e);
            }
            if (i < TRIES) {
                time.sleep(Duration.ofMillis(100L << i));
            }
        }
        throw new OciException("no token for " + host + " from " + at(registry) + ": " + failure.strip());
    }

    private String at(EcrHost registry) {
        return registry.address(around).getAuthority();
    }

    private Page exchange(EcrHost registry, AwsCredentials keys) throws IOException, InterruptedException {
        try {
            return Waiting.atMost(LONGEST, () -> send(registry, keys));
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + LONGEST.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private Page send(EcrHost registry, AwsCredentials keys) throws IOException {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(registry.address(around))
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", registry.operation())
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(keys)
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(NOTHING))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, registry.service())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, registry.region()));
        try (SdkHttpClient client = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(READ)
                .tlsTrustManagersProvider(
                        () -> new TrustManager[] {around.otherClients().trust()})
                .build()) {
            HttpExecuteRequest.Builder execute = HttpExecuteRequest.builder().request(signed.request());
            signed.payload().ifPresent(execute::contentStreamProvider);
            HttpExecuteResponse response =
                    client.prepareRequest(execute.build()).call();
            int status = response.httpResponse().statusCode();
            if (response.responseBody().isEmpty()) {
                return new Page(status, "");
            }
            try (InputStream body = response.responseBody().get()) {
                return new Page(status, new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8));
            }
        }
    }

    private Credential.Basic read(EcrHost registry, String body, Host host) {
        try {
            JsonNode data = JsonMapper.builder().build().readTree(body).path("authorizationData");
            JsonNode one = registry.shared() ? data : data.path(0);
            double seconds = one.path("expiresAt").asDouble(0);
            byte[] pair =
                    Base64.getDecoder().decode(one.path("authorizationToken").asString(""));
            String text = new String(pair, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0 && seconds > 0) {
                return new Credential.Basic(
                        text.substring(0, colon),
                        Secret.of(text.substring(colon + 1)),
                        Optional.of(Instant.ofEpochSecond((long) seconds)));
            }
        } catch (JacksonException | IllegalArgumentException e) {
            // Said below; the exception may show a part of the token.
        }
        throw new OciException("no token for " + host + " from " + at(registry) + ": its answer holds none");
    }

    /// What the service says, without what it may repeat of the request: a wrong signature is answered with all
    /// that was signed.
    private static String reason(String body, AwsCredentials keys) {
        try {
            JsonNode root = JsonMapper.builder().build().readTree(body);
            String type = root.path("__type").asString("");
            String name = Said.clean(type.substring(type.indexOf('#') + 1));
            String message = root.path("message").asString(root.path("Message").asString(""));
            boolean repeats = name.contains("Signature") || message.contains(keys.secretAccessKey());
            return repeats || message.isEmpty() ? name : name + ": " + Said.clean(message);
        } catch (JacksonException e) {
            return "";
        }
    }
}
