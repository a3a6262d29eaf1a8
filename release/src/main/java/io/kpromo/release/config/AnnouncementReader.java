// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.forge.Slug;
import io.kpromo.release.config.Announcement.Channel;
import io.kpromo.release.config.Announcement.Mail;
import io.kpromo.release.text.Template;
import io.kpromo.yaml.YamlReader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads how people are told.
record AnnouncementReader(Values values) {
    private static final Template TITLE = new Template("{{name}} {{version}} is released");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+]");

    /// What is written; the rest follows from the repository.
    record Written(Optional<Template> title, Optional<SourcePath> template, List<WrittenChannel> channels) {
        static Written nothing() {
            return new Written(Optional.empty(), Optional.empty(), List.of());
        }

        Announcement of(Slug released) {
            return new Announcement(
                    title.orElse(TITLE),
                    template,
                    channels.stream().map(channel -> channel.of(released)).toList());
        }
    }

    /// A channel; a discussion may leave out the repository that is released.
    record WrittenChannel(Optional<Channel> channel, Optional<Slug> repository, String category) {
        Channel of(Slug released) {
            return channel.orElseGet(() -> new Announcement.Discussion(repository.orElse(released), category));
        }
    }

    Optional<Written> announcement() {
        Section section = new Section(values, "an announcement");
        Field<Template> title = section.template("title", Names.TITLE);
        Field<SourcePath> template = section.value("template", SourcePath::of);
        Field<List<WrittenChannel>> channels = section.key("channels", key -> values.sections(key, this::channel));
        return section.read()
                ? Optional.of(new Written(title.maybe(), template.maybe(), channels.or(List.of())))
                : Optional.empty();
    }

    private Optional<WrittenChannel> channel() {
        Section section = new Section(values, "a channel (slack, mail or discussion)");
        Field<WrittenChannel> slack = section.key("slack", _ -> slack());
        Field<WrittenChannel> mail = section.key("mail", _ -> mail());
        Field<WrittenChannel> discussion = section.key("discussion", _ -> discussion());
        section.read();
        return slack.maybe().or(mail::maybe).or(discussion::maybe);
    }

    private Optional<WrittenChannel> slack() {
        Section section = new Section(values, "a channel of Slack");
        Field<String> webhook = section.key("webhook", values::variable).required();
        return section.read() ? written(new Announcement.Slack(webhook.get())) : Optional.empty();
    }

    private Optional<WrittenChannel> mail() {
        Section section = new Section(values, "a mailing list");
        Field<String> host = section.value("host", text -> matching(HOST, text, "the name of a mail server"))
                .required();
        Field<Integer> port = section.value("port", AnnouncementReader::port);
        Field<Mail.Security> security = section.key("security", key -> values.word(key, Mail.Security.class));
        Field<String> from = section.value("from", Mail::requireMailbox).required();
        Field<List<String>> to = section.list("to", Mail::requireMailbox).required();
        Field<String> username = section.key("username", values::variable);
        Field<String> password = section.key("password", values::variable);
        if (!section.read()) {
            return Optional.empty();
        }
        Mail.Security chosen = security.or(Mail.Security.STARTTLS);
        return written(new Mail(
                host.get(), port.or(preset(chosen)), chosen, from.get(), to.get(), username.maybe(), password.maybe()));
    }

    private Optional<WrittenChannel> discussion() {
        Section section = new Section(values, "a discussion");
        Field<Slug> repository = section.value("repository", Slug::of);
        Field<String> category = section.text("category").required();
        return section.read()
                ? Optional.of(new WrittenChannel(Optional.empty(), repository.maybe(), category.get()))
                : Optional.empty();
    }

    private static Optional<WrittenChannel> written(Channel channel) {
        return Optional.of(new WrittenChannel(Optional.of(channel), Optional.empty(), ""));
    }

    private static int preset(Mail.Security security) {
        return switch (security) {
            case TLS -> 465;
            case STARTTLS -> 587;
            case NONE -> 25;
        };
    }

    private static int port(String text) {
        int port = Pattern.matches("\\d{1,5}", text) ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("want a number from 1 to 65535, found " + YamlReader.quoted(text));
        }
        return port;
    }

    private static String matching(Pattern pattern, String text, String wanted) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("want " + wanted + ", found " + YamlReader.quoted(text));
        }
        return text;
    }
}
