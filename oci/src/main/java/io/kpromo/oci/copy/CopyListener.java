// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import java.util.Optional;

/// Hears what happens while contents are copied, from many threads at once. Must neither throw nor wait.
public interface CopyListener {
    /// Work on a content begins.
    default void started(CopyJob job) {}

    /// A content is in place with its tags, or is not and won't be in this run.
    ///
    /// @param failure empty when all went well
    default void finished(CopyJob job, Delivery delivery, Optional<OciException> failure) {}

    /// Bytes were read from a source.
    default void read(Repository source, long bytes) {}

    /// Bytes were sent to a destination.
    default void sent(Repository into, long bytes) {}

    /// A blob did not have to be sent: the host held it.
    default void mounted(Repository into, long bytes) {}

    /// A listener that doesn't care.
    static CopyListener silent() {
        return new CopyListener() {};
    }
}
