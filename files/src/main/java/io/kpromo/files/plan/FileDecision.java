// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.plan;

import io.kpromo.files.store.StoredFile;
import java.util.Optional;

/// What follows for one file in one place.
public sealed interface FileDecision {
    FileEdge edge();

    /// The right content is there: nothing to do.
    ///
    /// @param seen as it was seen there
    record UpToDate(FileEdge edge, StoredFile seen) implements FileDecision {}

    /// To be copied.
    ///
    /// @param seen at the source
    /// @param replaced what is there and may be overwritten
    record Copy(FileEdge edge, StoredFile seen, Optional<StoredFile> replaced) implements FileDecision {}

    /// Neither the source nor the destination has it. Told of; the run goes on.
    record Missing(FileEdge edge) implements FileDecision {}

    /// Another content is there, and may not be replaced. Nothing of the whole run is written.
    ///
    /// @param why in which way it differs
    record Refused(FileEdge edge, String why) implements FileDecision {
        @Override
        public String toString() {
            String wanted = edge.isReleased() ? "the release on GitHub has" : "the manifest wants";
            return edge.place() + ": refused: " + edge.to() + " has other content than " + wanted + ": " + why
                    + "; files that were promoted do not change, " + advice();
        }

        /// What a person can do.
        public String advice() {
            return (edge.isReleased() ? "see which of the two was changed" : "use a new name") + ", or --overwrite";
        }
    }

    /// Could not be decided. Nothing of the whole run is written.
    ///
    /// @param why what the store said
    record Unreadable(FileEdge edge, String why) implements FileDecision {}
}
