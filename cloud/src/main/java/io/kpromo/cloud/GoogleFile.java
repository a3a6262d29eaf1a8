// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/// A file of application default credentials: a service account's key, a user's sign-in, a workload's identity
/// elsewhere, or the right to act as somebody else. Google's library knows them all.
///
/// @param file where it is
/// @param named whether a person has named it, so that it has to be of use
/// @param web how to reach Google
record GoogleFile(Path file, boolean named, HttpTransportFactory web, Time time) implements GoogleWay {
    static final String NAMED = "GOOGLE_APPLICATION_CREDENTIALS";
    private static final int LARGEST = 1024 * 1024;
    private static final Duration LONGEST = Duration.ofSeconds(45);
    /// Counted where no expiry is given.
    private static final Duration SHORTEST = Duration.ofMinutes(5);

    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"([a-z_]{1,60})\"");

    @Override
    public Answer ask() throws InterruptedException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(LARGEST);
        } catch (NoSuchFileException | NotDirectoryException none) {
            return named
                    ? new Refused(NAMED + " names " + file + ", and there is no such file", true)
                    : new Absent("there is no " + file);
        } catch (IOException e) {
            return refused("it can't be read (" + e.getClass().getSimpleName() + ")");
        }
        Optional<GoogleCredentials> credentials = credentials(content);
        if (credentials.isEmpty()) {
            return refused("these are no Google credentials (a service account's key, or what"
                    + " gcloud auth application-default login writes)");
        }
        return token(credentials.get());
    }

    /// A service account's key says whose it is.
    @Override
    public Optional<String> account() {
        try (InputStream in = Files.newInputStream(file)) {
            return credentials(in.readNBytes(LARGEST))
                    .filter(ServiceAccountCredentials.class::isInstance)
                    .map(key -> ((ServiceAccountCredentials) key).getClientEmail());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<GoogleCredentials> credentials(byte[] content) {
        try {
            return Optional.of(GoogleCredentials.fromStream(new ByteArrayInputStream(content), web)
                    .createScoped(GoogleSource.SCOPE));
        } catch (IOException | RuntimeException e) {
            // Not as a cause: what it says may show what stands in the file.
            return Optional.empty();
        }
    }

    private Answer token(GoogleCredentials credentials) throws InterruptedException {
        try {
            AccessToken got = Waiting.atMost(LONGEST, credentials::refreshAccessToken);
            Date expires = got.getExpirationTime();
            Instant until = expires == null ? time.now().plus(SHORTEST) : expires.toInstant();
            return new Got(Secret.of(got.getTokenValue()), until);
        } catch (TimeoutException e) {
            throw unreachable("no answer within " + LONGEST.toSeconds() + " s");
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        }
    }

    private Answer failed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case HttpResponseException answer -> {
                    return answered(answer);
                }
                case SocketException e -> throw unreachable(Said.by(e));
                case SocketTimeoutException e -> throw unreachable("no answer in time");
                case UnknownHostException e -> throw unreachable("no such host: " + Said.by(e));
                case SSLException e -> throw unreachable(Said.by(e));
                default -> {}
            }
        }
        return refused("no token can be had with these credentials: " + Said.by(failure));
    }

    private Answer answered(HttpResponseException answer) {
        int status = answer.getStatusCode();
        String content = answer.getContent() == null ? "" : answer.getContent();
        Matcher error = ERROR.matcher(content);
        String said = status + (error.find() ? " " + error.group(1) : "");
        if (status >= 500 || status == 408 || status == 429) {
            throw unreachable("it answers " + said);
        }
        return refused("Google refuses these credentials (" + said + "); sign in again with gcloud auth"
                + " application-default login, or replace the key");
    }

    private Refused refused(String why) {
        return new Refused((named ? NAMED + ", " : "") + file + ": " + why, named);
    }

    private OciException unreachable(String why) {
        List<String> parts =
                List.of("no Google credentials from " + file, "the server that gives tokens for them", why);
        return new OciException(String.join(": ", parts));
    }
}
