// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.plan;

import io.kpromo.files.store.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What has to be done so that stores hold what is wanted. A pure function of what is wanted and what was seen.
///
/// @param decisions one for each wanted place, in the order of the edges
public record FilePlan(List<FileDecision> decisions) {
    public FilePlan {
        decisions = List.copyOf(decisions);
    }

    /// @param overwrite whether other content may be replaced, where the source has what to replace it with
    public static FilePlan between(DesiredFiles desired, ObservedFiles seen, boolean overwrite) {
        List<FileEdge> chosen = desired.chosen(seen);
        List<FileDecision> decisions = new ArrayList<>(chosen.size());
        for (FileEdge edge : chosen) {
            decisions.add(decide(edge, seen, overwrite));
        }
        return new FilePlan(decisions);
    }

    private static FileDecision decide(FileEdge edge, ObservedFiles seen, boolean overwrite) {
        Optional<StoredFile> source = seen.file(edge.source(), edge.name());
        return switch (seen.at(edge.destination(), edge.name()).orElse(new Sight.Unseen("nobody looked"))) {
            case Sight.Unseen(String why) -> new FileDecision.Unreadable(edge, why);
            case Sight.Absent() -> copy(edge, seen, Optional.empty());
            case Sight.Present(StoredFile there) ->
                switch (Likeness.of(edge.sha256(), there, source)) {
                    case Likeness.Same() -> new FileDecision.UpToDate(edge, there);
                    case Likeness.Different(String how) ->
                        overwrite && source.isPresent()
                                ? copy(edge, seen, Optional.of(there))
                                : new FileDecision.Refused(edge, how);
                    case Likeness.Unknown() ->
                        new FileDecision.Unreadable(edge, "nothing tells what content " + edge.to() + " has");
                };
        };
    }

    private static FileDecision copy(FileEdge edge, ObservedFiles seen, Optional<StoredFile> replaced) {
        return switch (seen.at(edge.source(), edge.name()).orElse(new Sight.Unseen("nobody looked"))) {
            case Sight.Present(StoredFile file) -> new FileDecision.Copy(edge, file, replaced);
            case Sight.Absent() -> new FileDecision.Missing(edge);
            case Sight.Unseen(String why) -> new FileDecision.Unreadable(edge, why);
        };
    }

    public <T extends FileDecision> Stream<T> all(Class<T> kind) {
        return decisions.stream().filter(kind::isInstance).map(kind::cast);
    }

    public long count(Class<? extends FileDecision> kind) {
        return decisions.stream().filter(kind::isInstance).count();
    }

    /// Whether something stands in the way of writing anything.
    public boolean stopped() {
        return decisions.stream()
                .anyMatch(decision ->
                        decision instanceof FileDecision.Refused || decision instanceof FileDecision.Unreadable);
    }
}
