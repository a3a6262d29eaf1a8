// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;

/// Who this machine is for Amazon: keys in variables, a web identity, a profile, the role of a container, the
/// role of a machine; in the order of Amazon's own tools. The SDK does the work of each.
final class AmazonIdentity {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PROBE = Duration.ofMillis(500);

    private final Surroundings around;
    private final AmazonProfiles profiles;
    private volatile @Nullable AwsCredentialsProvider chosen;

    AmazonIdentity(Surroundings around) {
        this.around = around;
        this.profiles = new AmazonProfiles(around);
    }

    /// Keys, or why there are none.
    sealed interface Answer permits Keys, Nobody {}

    record Keys(AwsCredentials credentials) implements Answer {
        @Override
        public String toString() {
            return "Keys[***]";
        }
    }

    record Nobody(List<String> tried) implements Answer {}

    private interface Way {
        AwsCredentialsProvider open();
    }

    /// @param by who gives others when these expire
    private record Found(Keys keys, AwsCredentialsProvider by) {}

    private record Named(String name, Way way) {}

    /// @param region to ask in where none is set
    Answer ask(String region) throws InterruptedException {
        List<String> tried = new ArrayList<>();
        AwsCredentialsProvider known = chosen;
        if (known != null) {
            Optional<Found> found = resolve(() -> known, "the credentials of before", tried);
            if (found.isPresent()) {
                return found.get().keys();
            }
            chosen = null;
        }
        for (Named named : ways(region, tried)) {
            Optional<Found> found = resolve(named.way(), named.name(), tried);
            if (found.isPresent()) {
                chosen = found.get().by();
                return found.get().keys();
            }
        }
        return new Nobody(tried);
    }

    /// Those of before are not good any more, whatever their giver believes: all are asked anew.
    void forget() {
        chosen = null;
    }

    /// The keys of one profile, whatever else this machine has.
    Answer profile(String name) throws InterruptedException {
        List<String> tried = new ArrayList<>();
        return resolve(named(name).way(), "profile " + name, tried)
                .<Answer>map(Found::keys)
                .orElseGet(() -> new Nobody(tried));
    }

    AmazonProfiles profiles() {
        return profiles;
    }

    private Optional<Found> resolve(Way way, String name, List<String> tried) throws InterruptedException {
        try {
            return Optional.of(Waiting.atMost(LONGEST, () -> {
                AwsCredentialsProvider provider = way.open();
                return new Found(new Keys(provider.resolveCredentials()), provider);
            }));
        } catch (TimeoutException e) {
            tried.add(name + ": no answer within " + LONGEST.toSeconds() + " s");
        } catch (ExecutionException e) {
            tried.add(name + ": " + Said.by(e));
        }
        return Optional.empty();
    }

    private List<Named> ways(String region, List<String> tried) throws InterruptedException {
        List<Named> ways = new ArrayList<>();
        variables().ifPresentOrElse(ways::add, () -> tried.add("no AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY"));
        webIdentity(region).ifPresentOrElse(ways::add, () -> tried.add("no AWS_WEB_IDENTITY_TOKEN_FILE"));
        profile().ifPresentOrElse(ways::add, () -> tried.add("no profile in the files of the AWS CLI"));
        if (around.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").isPresent()
                || around.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI").isPresent()) {
            ways.add(new Named("the container's role", () -> ContainerCredentialsProvider.create()));
        }
        if (around.isTrue("AWS_EC2_METADATA_DISABLED")) {
            tried.add("AWS_EC2_METADATA_DISABLED is set");
        } else if (answers(metadata())) {
            ways.add(new Named(
                    "the role of this machine",
                    () -> InstanceProfileCredentialsProvider.builder()
                            .endpoint(metadata().toString())
                            .profileFile(profiles::read)
                            .build()));
        } else {
            tried.add("this is no machine of Amazon's");
        }
        return ways;
    }

    private Optional<Named> variables() {
        Optional<String> id = around.variable("AWS_ACCESS_KEY_ID");
        Optional<String> key = around.variable("AWS_SECRET_ACCESS_KEY");
        if (id.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        AwsCredentials keys = around.variable("AWS_SESSION_TOKEN")
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(id.get(), key.get(), token))
                .orElseGet(() -> AwsBasicCredentials.create(id.get(), key.get()));
        return Optional.of(new Named("AWS_ACCESS_KEY_ID", () -> StaticCredentialsProvider.create(keys)));
    }

    private Optional<Named> webIdentity(String region) {
        Optional<String> file = around.variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        Optional<String> role = around.variable("AWS_ROLE_ARN");
        if (file.isEmpty() || role.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Named(
                "the web identity in " + file.get(),
                () -> StsWebIdentityTokenFileCredentialsProvider.builder()
                        .stsClient(sts(region))
                        .webIdentityTokenFile(Path.of(file.get()))
                        .roleArn(role.get())
                        .roleSessionName(
                                around.variable("AWS_ROLE_SESSION_NAME").orElse("kpromo"))
                        .build()));
    }

    private StsClient sts(String region) {
        StsClientBuilder builder = StsClient.builder()
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder().tlsTrustManagersProvider(() ->
                        new TrustManager[] {around.otherClients().trust()}))
                .defaultsMode(DefaultsMode.STANDARD)
                .region(Region.of(around.variable("AWS_REGION")
                        .or(() -> around.variable("AWS_DEFAULT_REGION"))
                        .orElse(region)));
        around.variable("AWS_ENDPOINT_URL_STS")
                .or(() -> around.variable("AWS_ENDPOINT_URL"))
                .ifPresent(address -> builder.endpointOverride(URI.create(address)));
        return builder.build();
    }

    private Optional<Named> profile() {
        return profiles.isThere() ? Optional.of(named(profiles.name())) : Optional.empty();
    }

    private Named named(String profile) {
        return new Named(
                "profile " + profile,
                () -> ProfileCredentialsProvider.builder()
                        .profileFile(profiles::read)
                        .profileName(profile)
                        .build());
    }

    private URI metadata() {
        return URI.create(around.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT").orElse("http://169.254.169.254"));
    }

    private static boolean answers(URI server) throws InterruptedException {
        try {
            return Waiting.atMost(PROBE.multipliedBy(2), () -> {
                try (Socket socket = new Socket()) {
                    int port = server.getPort() < 0 ? 80 : server.getPort();
                    socket.connect(new InetSocketAddress(server.getHost(), port), (int) PROBE.toMillis());
                    return true;
                } catch (IOException nobody) {
                    return false;
                }
            });
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }
}
