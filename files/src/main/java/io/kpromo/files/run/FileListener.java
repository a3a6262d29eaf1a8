// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.plan.FileEdge;
import io.kpromo.oci.OciException;
import java.util.Optional;
import java.util.function.Supplier;

/// Hears how a promotion of files gets on, from many threads at once. Must neither throw nor wait.
public interface FileListener {
    /// What a promotion does, in this order.
    enum Phase {
        /// Looking files up; counted in files and places.
        OBSERVE,
        /// Copying; counted in edges.
        EXECUTE
    }

    /// A phase begins.
    ///
    /// @param total of what it counts, as far as it is known
    default void begin(Phase phase, long total) {}

    /// More turned out to be needed.
    default void more(Phase phase, long count) {}

    default void advance(Phase phase, long count) {}

    /// All is decided, and nothing has been written yet.
    ///
    /// @param soFar what the promotion has come to, whenever it is asked for, also once it was told to stop
    default void planned(Supplier<FileOutcome> soFar) {}

    /// Work on one edge begins.
    default void started(FileEdge edge) {}

    /// Work on one edge ended.
    ///
    /// @param failure empty when the file is there
    default void finished(FileEdge edge, Optional<OciException> failure) {}

    /// Bytes were read from a source.
    default void read(long bytes) {}

    /// Bytes were sent to a destination.
    default void sent(long bytes) {}

    /// A file was copied without its bytes passing through here.
    default void copiedThere(long bytes) {}

    /// A listener that doesn't care.
    static FileListener silent() {
        return new FileListener() {};
    }
}
