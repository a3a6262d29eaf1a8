// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The account of the machine, or of the pod, on Google's cloud. Elsewhere nobody answers, which is found out
/// within half a second.
///
/// It is asked by its address, for looking up its name can take long where nobody knows it. Other clouds have a
/// server at the same address; only Google's names itself in `Metadata-Flavor`.
record GoogleMetadata(Surroundings around, Time time) implements GoogleWay {
    private static final String HOST = "GCE_METADATA_HOST";
    private static final String ADDRESS = "169.254.169.254";
    private static final String ACCOUNT = "/computeMetadata/v1/instance/service-accounts/default/";
    private static final String TOKEN = ACCOUNT + "token?scopes=";
    private static final int LARGEST = 256 * 1024;
    private static final int TRIES = 3;
    private static final Duration PROBE = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private record Page(int status, boolean google, String body) {}

    @Override
    public Answer ask() throws InterruptedException {
        if (around.isTrue("NO_GCE_CHECK")) {
            return new Absent("NO_GCE_CHECK says that this is no machine of Google's");
        }
        boolean named = around.variable(HOST).isPresent();
        try {
            if (!named && !get("/", PROBE).google()) {
                return new Absent("this is no machine of Google's");
            }
        } catch (IOException nobody) {
            return new Absent("this is no machine of Google's");
        }
        return token(named);
    }

    /// The machine knows whose tokens it gives; where it can't say, nothing is lost.
    @Override
    public Optional<String> account() throws InterruptedException {
        try {
            Page page = get(ACCOUNT + "email", LONGEST);
            return page.status() == 200 && page.google()
                    ? Optional.of(page.body().strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Answer token(boolean named) throws InterruptedException {
        String target = TOKEN + URLEncoder.encode(GoogleSource.SCOPE, StandardCharsets.UTF_8);
        String failure = "";
        for (int i = 1; i <= TRIES; i++) {
            try {
                Page page = get(target, LONGEST);
                if (page.status() == 200) {
                    return page.google() ? read(page.body()) : new Refused(server() + " is not Google's", named);
                }
                if (page.status() == 404) {
                    return new Absent("this machine of Google's has no service account");
                }
                failure = "it answers " + page.status();
                if (page.status() < 500 && page.status() != 429) {
                    return new Refused(server() + ": " + failure, false);
                }
            } catch (IOException e) {
                failure = Said.by(e);
            }
            if (i < TRIES) {
                time.sleep(Duration.ofMillis(100L << i));
            }
        }
        throw new OciException("no Google credentials from " + server() + ": " + failure);
    }

    private Answer read(String body) {
        try {
            JsonNode root = JsonMapper.builder().build().readTree(body);
            String token = root.path("access_token").asString("");
            long seconds = root.path("expires_in").asLong(0);
            if (!token.isEmpty() && seconds > 0) {
                return new Got(Secret.of(token), time.now().plusSeconds(seconds));
            }
        } catch (JacksonException e) {
            // Said below; the exception may show a part of the token.
        }
        return new Refused(server() + ": its answer holds no token", false);
    }

    private String server() {
        return "the metadata server " + around.variable(HOST).orElse(ADDRESS);
    }

    private Page get(String target, Duration longest) throws IOException, InterruptedException {
        try {
            return Waiting.atMost(longest.multipliedBy(2), () -> exchange(target, (int) longest.toMillis()));
        } catch (TimeoutException e) {
            throw new IOException("no answer in time", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private Page exchange(String target, int millis) throws IOException {
        URI uri = URI.create("http://" + around.variable(HOST).orElse(ADDRESS) + target);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        try {
            connection.setConnectTimeout((int) PROBE.toMillis());
            connection.setReadTimeout(millis);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Metadata-Flavor", "Google");
            int status = connection.getResponseCode();
            boolean google = "Google".equals(connection.getHeaderField("Metadata-Flavor"));
            if (status != 200) {
                return new Page(status, google, "");
            }
            try (InputStream in = connection.getInputStream()) {
                return new Page(status, google, new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8));
            }
        } finally {
            connection.disconnect();
        }
    }
}
