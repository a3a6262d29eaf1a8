// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.forge.Slug;
import io.kpromo.release.text.Template;
import io.kpromo.yaml.YamlReader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How people are told.
///
/// @param template a file with the text; empty for the one that comes along
public record Announcement(Template title, Optional<SourcePath> template, List<Channel> channels) {
    public Announcement {
        channels = List.copyOf(channels);
    }

    /// Where people are told. Secrets are named by the variable of the environment that holds them.
    public sealed interface Channel {}

    /// A channel of Slack.
    ///
    /// @param webhookVariable holds the address of its webhook, which is a secret
    public record Slack(String webhookVariable) implements Channel {}

    /// A mailing list.
    ///
    /// @param host of the mail server
    /// @param usernameVariable empty for a server that asks for none
    /// @param passwordVariable likewise
    public record Mail(
            String host,
            int port,
            Security security,
            String from,
            List<String> to,
            Optional<String> usernameVariable,
            Optional<String> passwordVariable)
            implements Channel {
        /// What stands in headers and commands as it is.
        private static final Pattern MAILBOX = Pattern.compile("[^\\s<>,;@\\p{Cntrl}]+@[^\\s<>,;@\\p{Cntrl}]+");

        public Mail {
            to = List.copyOf(to);
            requireMailbox(from);
            to.forEach(Mail::requireMailbox);
        }

        /// @throws IllegalArgumentException when it is none
        static String requireMailbox(String text) {
            if (!MAILBOX.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        "want a mail address as in releases@example.org, found " + YamlReader.quoted(text));
            }
            return text;
        }

        public enum Security {
            /// From the first byte, usually port 465.
            TLS,
            /// After a greeting, usually port 587; without it nothing is sent.
            STARTTLS,
            /// For a server on this machine only.
            NONE
        }
    }

    /// A discussion on GitHub.
    public record Discussion(Slug repository, String category) implements Channel {}
}
