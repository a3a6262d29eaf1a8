// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// An [ObservedState] that is written down while registries are read, by many threads at once. Read it as a
/// state once all are done.
///
/// For a listing, which shows all that a repository holds, write what it shows and call [#complete].
public final class Observation implements ObservedState {
    private static final TagState ABSENT = new TagState.Absent();

    private static final class Seen {
        final Map<Tag, TagState> tags = new ConcurrentHashMap<>();
        final Map<Digest, Presence> contents = new ConcurrentHashMap<>();
        volatile boolean complete;
        volatile Optional<String> failure = Optional.empty();
    }

    private final Map<Repository, Seen> repositories = new ConcurrentHashMap<>();

    /// The tag points to this digest, which so is there too.
    public Observation pointsTo(Repository repository, Tag tag, Digest digest) {
        seen(repository).tags.put(tag, new TagState.PointsTo(digest));
        return present(repository, digest);
    }

    public Observation absent(Repository repository, Tag tag) {
        seen(repository).tags.put(tag, ABSENT);
        return this;
    }

    /// The tag could not be seen.
    ///
    /// @param why one line: what was asked and what the registry said
    public Observation unreadable(Repository repository, Tag tag, String why) {
        seen(repository).tags.put(tag, new TagState.Unreadable(why));
        return this;
    }

    /// Nothing of the repository could be seen but what is written down besides.
    public Observation unreadable(Repository repository, String why) {
        seen(repository).failure = Optional.of(why);
        return this;
    }

    public Observation present(Repository repository, Digest digest) {
        seen(repository).contents.put(digest, Presence.PRESENT);
        return this;
    }

    public Observation missing(Repository repository, Digest digest) {
        seen(repository).contents.put(digest, Presence.MISSING);
        return this;
    }

    /// All of the repository has been seen: what is not written down is not there.
    public Observation complete(Repository repository) {
        seen(repository).complete = true;
        return this;
    }

    @Override
    public TagState tag(Repository repository, Tag tag) {
        Seen seen = repositories.get(repository);
        if (seen == null) {
            return new TagState.Unreadable(repository + " was not read");
        }
        TagState state = seen.tags.get(tag);
        if (state != null) {
            return state;
        }
        return seen.complete
                ? ABSENT
                : new TagState.Unreadable(seen.failure.orElse(repository + ":" + tag + " was not read"));
    }

    @Override
    public Presence presence(Repository repository, Digest digest) {
        Seen seen = repositories.get(repository);
        if (seen == null) {
            return Presence.UNKNOWN;
        }
        return seen.contents.getOrDefault(digest, seen.complete ? Presence.MISSING : Presence.UNKNOWN);
    }

    @Override
    public Optional<String> failure(Repository repository) {
        Seen seen = repositories.get(repository);
        return seen == null ? Optional.empty() : seen.failure;
    }

    private Seen seen(Repository repository) {
        return repositories.computeIfAbsent(repository, r -> new Seen());
    }
}
