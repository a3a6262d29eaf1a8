// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Where a step of a release stands, as found in the forge, in git and in registries.
public sealed interface Standing {
    /// Nothing is left to do.
    ///
    /// @param what is there, for people
    /// @param link to it
    record Done(String what, Optional<URI> link) implements Standing {
        public Done(String what, URI link) {
            this(what, Optional.of(link));
        }

        public Done(String what) {
            this(what, Optional.empty());
        }
    }

    /// It can be done now.
    ///
    /// @param wouldDo what would change, a line each
    record Ready(List<String> wouldDo) implements Standing {
        public Ready {
            wouldDo = List.copyOf(wouldDo);
        }
    }

    /// Others are at work: a person, a job.
    ///
    /// @param what is waited for
    /// @param link to where it can be seen or done
    record Waiting(String what, Optional<URI> link) implements Standing {
        public Waiting(String what, URI link) {
            this(what, Optional.of(link));
        }

        public Waiting(String what) {
            this(what, Optional.empty());
        }
    }

    /// Something is wrong, and waiting won't help.
    ///
    /// @param advice what to do about it
    record Blocked(String why, String advice) implements Standing {}

    /// This release has no such step.
    ///
    /// @param why for people
    record Left(String why) implements Standing {}

    /// Whoever knows cannot be asked.
    ///
    /// @param why that is so
    /// @param here what this machine tells of it
    record Unknown(String why, Optional<String> here) implements Standing {}

    /// One word for tables: `done`.
    default String word() {
        return switch (this) {
            case Done _ -> "done";
            case Ready _ -> "ready";
            case Waiting _ -> "waiting";
            case Blocked _ -> "blocked";
            case Left _ -> "left out";
            case Unknown _ -> "unknown";
        };
    }

    /// One line for people, without the link.
    default String line() {
        return switch (this) {
            case Done done -> done.what();
            case Ready ready -> String.join("; ", ready.wouldDo());
            case Waiting waiting -> waiting.what();
            case Blocked blocked -> blocked.why() + "; " + blocked.advice();
            case Left left -> left.why();
            case Unknown unknown ->
                unknown.why() + unknown.here().map(known -> "; " + known).orElse("");
        };
    }

    /// Where it can be seen.
    default Optional<URI> link() {
        return switch (this) {
            case Done done -> done.link();
            case Waiting waiting -> waiting.link();
            case Ready _, Blocked _, Left _, Unknown _ -> Optional.empty();
        };
    }

    /// Whether the next step may follow.
    default boolean isOver() {
        return this instanceof Done || this instanceof Left;
    }
}
