// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.Issue;
import io.kpromo.forge.Release;
import io.kpromo.release.announce.Messenger;
import io.kpromo.release.announce.UnsentException;
import io.kpromo.release.config.Announcement;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells people, each place once.
///
/// A discussion can be looked up by its title. Slack and mailing lists keep nothing that could be looked up, so the
/// tracking issue says that an announcement begins before it goes out, and that it is out afterwards. Where a run ends
/// between the two, nobody knows, and a person has to look: better no announcement for a while than two.
final class AnnounceStep implements Step {
    private final ThisRelease release;
    private final Means means;
    private final AnnouncementText text;

    AnnounceStep(ThisRelease release, Means means, AnnouncementText text) {
        this.release = release;
        this.means = means;
        this.text = text;
    }

    @Override
    public String id() {
        return "announce";
    }

    @Override
    public String title() {
        return "Announcement";
    }

    @Override
    public List<String> boxes() {
        return List.of("Announcement", "Announce");
    }

    @Override
    public Standing look() throws InterruptedException {
        List<Announcement.Channel> channels = release.config().announcement().channels();
        if (channels.isEmpty()) {
            return new Standing.Left("release.yaml names nowhere to announce it");
        }
        Optional<Issue> issue = tracker().find();
        List<String> would = new ArrayList<>();
        Optional<URI> link = Optional.empty();
        for (Announcement.Channel channel : channels) {
            if (channel instanceof Announcement.Discussion discussion) {
                Optional<URI> there = there(discussion);
                link = there.isPresent() ? there : link;
                if (there.isEmpty()) {
                    would.add("announce \"" + headline() + "\" to " + place(channel));
                }
                continue;
            }
            if (issue.isEmpty()) {
                return new Standing.Blocked(
                        "there is no tracking issue to write down that it was announced to " + place(channel),
                        "kpromo release track " + release.version() + " --confirm opens it");
            }
            switch (new AnnouncementMarks(issue.get().body()).of(place(channel))) {
                case NONE -> would.add("announce \"" + headline() + "\" to " + place(channel));
                case BEGUN -> {
                    return uncertain(channel, issue.get());
                }
                case SENT -> {}
            }
        }
        return would.isEmpty()
                ? new Standing.Done("announced to " + places(channels), link.isPresent() ? link : issue.map(Issue::web))
                : ready(would);
    }

    /// What is not live yet is nothing to tell people of.
    private Standing ready(List<String> would) throws InterruptedException {
        Optional<Release> live = means.forge()
                .releases(release.config().repository())
                .of(release.tag())
                .filter(there -> !there.draft());
        return live.isPresent()
                ? new Standing.Ready(would)
                : new Standing.Blocked(
                        release.version() + " is not published yet",
                        "kpromo release publish " + release.version() + " --confirm does it");
    }

    private static Standing uncertain(Announcement.Channel channel, Issue issue) {
        return new Standing.Blocked(
                "a run was interrupted while it announced to " + place(channel) + ", which may have it or not",
                "look there; then edit the text of " + issue.web() + ": if it arrived, write \"announced\" instead of"
                        + " \"announcing\" in the line of " + place(channel) + ", else remove that line");
    }

    @Override
    public Standing perform() throws InterruptedException {
        if (look() instanceof Standing.Ready) {
            for (Announcement.Channel channel : release.config().announcement().channels()) {
                announce(channel);
            }
        }
        return look();
    }

    private void announce(Announcement.Channel channel) throws InterruptedException {
        if (channel instanceof Announcement.Discussion discussion) {
            if (there(discussion).isEmpty()) {
                means.forge()
                        .discussions(discussion.repository())
                        .create(discussion.category(), headline(), text.markdown());
            }
            return;
        }
        Messenger messenger = means.messengers().open(channel);
        String message = text.plain();
        String place = place(channel);
        boolean ours = tracker().edit(body -> {
            AnnouncementMarks marks = new AnnouncementMarks(body);
            return marks.of(place) == AnnouncementMarks.Mark.NONE
                    ? marks.begun(place, means.time().now()).body()
                    : body;
        });
        if (!ours) {
            return;
        }
        try {
            messenger.send(headline(), message);
        } catch (UnsentException e) {
            tracker().edit(body -> new AnnouncementMarks(body).without(place).body());
            throw e;
        }
        tracker()
                .edit(body -> new AnnouncementMarks(body)
                        .sent(place, means.time().now())
                        .body());
    }

    private Optional<URI> there(Announcement.Discussion discussion) throws InterruptedException {
        return means.forge().discussions(discussion.repository()).titled(discussion.category(), headline());
    }

    private String headline() {
        return release.title(release.config().announcement().title());
    }

    private static String places(List<Announcement.Channel> channels) {
        return String.join(", ", channels.stream().map(AnnounceStep::place).toList());
    }

    /// Names a place, without secrets.
    static String place(Announcement.Channel channel) {
        return switch (channel) {
            case Announcement.Slack slack -> "Slack (" + slack.webhookVariable() + ")";
            case Announcement.Mail mail -> String.join(", ", mail.to());
            case Announcement.Discussion discussion ->
                "the discussions of " + discussion.repository() + " (" + discussion.category() + ")";
        };
    }

    private Tracker tracker() {
        return new Tracker(means.forge().issues(release.config().tracking().repository()), release.title());
    }
}
