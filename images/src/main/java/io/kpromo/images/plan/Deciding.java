// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import io.kpromo.images.plan.Decision.AddTag;
import io.kpromo.images.plan.Decision.Copy;
import io.kpromo.images.plan.Decision.Lost;
import io.kpromo.images.plan.Decision.Refused;
import io.kpromo.images.plan.Decision.TagMove;
import io.kpromo.images.plan.Decision.Unreadable;
import io.kpromo.images.plan.Decision.UpToDate;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The table of "Edges", one content at a time.
final class Deciding {
    private final ObservedState observed;
    private final List<Decision> decisions = new ArrayList<>();
    private long upToDate;

    Deciding(ObservedState observed) {
        this.observed = observed;
    }

    Plan plan() {
        return new Plan(decisions, upToDate);
    }

    void decide(Repository destination, WantedContent content) {
        if (content.tags().isEmpty()) {
            untagged(destination, content);
        } else {
            tagged(destination, content);
        }
    }

    private void untagged(Repository destination, WantedContent content) {
        if (observed.presence(destination, content.digest()) == Presence.PRESENT) {
            upToDate(destination, content, List.of());
            return;
        }
        observed.failure(destination)
                .ifPresentOrElse(
                        why -> decisions.add(new Unreadable(destination, content, List.of(), why)),
                        () -> copy(destination, content, List.of()));
    }

    private void tagged(Repository destination, WantedContent content) {
        List<Tag> inPlace = new ArrayList<>();
        List<Tag> absent = new ArrayList<>();
        for (Tag tag : content.tags()) {
            switch (observed.tag(destination, tag)) {
                case TagState.PointsTo(Digest digest) when digest.equals(content.digest()) -> inPlace.add(tag);
                case TagState.PointsTo(Digest other) ->
                    decisions.add(new Refused(destination, content, new TagMove(tag, other)));
                case TagState.Absent() -> absent.add(tag);
                case TagState.Unreadable(String why) ->
                    decisions.add(new Unreadable(destination, content, List.of(tag), why));
            }
        }
        if (!inPlace.isEmpty()) {
            upToDate(destination, content, inPlace);
        }
        if (absent.isEmpty()) {
            return;
        }
        // A tag that points to the content proves that it is there, whatever else was asked.
        if (!inPlace.isEmpty() || observed.presence(destination, content.digest()) == Presence.PRESENT) {
            decisions.add(new AddTag(destination, content, shared(content, absent)));
        } else {
            copy(destination, content, shared(content, absent));
        }
    }

    private void upToDate(Repository destination, WantedContent content, List<Tag> tags) {
        upToDate += Math.max(1, tags.size());
        if (source(content, Presence.PRESENT).isEmpty()
                && source(content, Presence.UNKNOWN).isEmpty()) {
            decisions.add(new UpToDate(destination, content, shared(content, tags), true));
        }
    }

    private void copy(Repository destination, WantedContent content, List<Tag> tags) {
        source(content, Presence.PRESENT)
                .or(() -> source(content, Presence.UNKNOWN))
                .ifPresentOrElse(
                        source -> decisions.add(new Copy(destination, content, tags, source)),
                        () -> decisions.add(new Lost(destination, content, tags)));
    }

    private Optional<Repository> source(WantedContent content, Presence presence) {
        for (Repository source : content.sources()) {
            if (observed.presence(source, content.digest()) == presence) {
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }

    /// The content's own list where all of its tags are meant: the common case, and then no copy is kept.
    private static List<Tag> shared(WantedContent content, List<Tag> tags) {
        return tags.size() == content.tags().size() ? content.tags() : List.copyOf(tags);
    }
}
