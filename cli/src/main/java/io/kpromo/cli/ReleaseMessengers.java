// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.oci.http.TrustedSockets;
import io.kpromo.release.announce.Mail;
import io.kpromo.release.announce.Messenger;
import io.kpromo.release.announce.SlackWebhook;
import io.kpromo.release.announce.UnsentException;
import io.kpromo.release.config.Announcement;
import io.kpromo.release.config.ReleaseConfig;
import io.kpromo.release.version.Version;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Opens the ways to tell people, with the secrets of the environment.
final class ReleaseMessengers implements AutoCloseable {
    private final Root root;
    private final ReleaseConfig config;
    private Optional<HttpTransport> transport = Optional.empty();

    ReleaseMessengers(Root root, ReleaseConfig config) {
        this.root = root;
        this.config = config;
    }

    /// @throws UnsentException where a secret is missing
    Messenger open(Announcement.Channel channel, Version version) {
        return switch (channel) {
            case Announcement.Slack slack ->
                new SlackWebhook(untraced(), Secret.of(needed(slack.webhookVariable())), slack.webhookVariable());
            case Announcement.Mail mail -> mail(mail, version);
            case Announcement.Discussion _ -> throw new IllegalStateException("discussions are made by the forge");
        };
    }

    private Messenger mail(Announcement.Mail mail, Version version) {
        Optional<Mail.Account> account = mail.usernameVariable()
                .flatMap(user -> mail.passwordVariable()
                        .map(password -> new Mail.Account(needed(user), Secret.of(needed(password)))));
        String host = mail.from().substring(mail.from().indexOf('@') + 1);
        String id = "kpromo." + config.repository().toString().replace('/', '.') + "." + version + "@" + host;
        return new Mail(
                mail,
                account,
                id,
                InstantSource.system(),
                TrustedSockets.of(root.console().environment()));
    }

    private String needed(String variable) {
        return root.console()
                .variable(variable)
                .orElseThrow(() -> new UnsentException(
                        "nothing was announced: the variable " + variable + ", which release.yaml names, is not set"));
    }

    /// A trace of requests would name the address of the webhook, which is a secret.
    private HttpTransport untraced() {
        HttpTransport open = transport.orElseGet(() -> HttpTransport.open(TransportOptions.ofMachine(
                        root.console().environment(),
                        root.console().variable("HOME").map(Path::of))
                .withUserAgent("kpromo/" + BuildInfo.ours().version())));
        transport = Optional.of(open);
        return open;
    }

    @Override
    public void close() {
        transport.ifPresent(HttpTransport::close);
    }
}
