// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import io.kpromo.files.FileName;
import io.kpromo.oci.Digest;
import io.kpromo.oci.client.BlobIntake;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Where files lie: the files below a [Base].
///
/// Every method may be called from many threads, waits, and is to be interrupted. What goes wrong is an
/// [io.kpromo.oci.OciException] that says what, where, and what the other side said: the transport's own, or a
/// [StoreException].
public interface Store extends AutoCloseable {
    Base base();

    /// Looks files up, in as few requests as that takes: one for each, or a listing where that is cheaper.
    ///
    /// @return what is there; who is not there is left out
    Map<FileName, StoredFile> look(Collection<FileName> names) throws InterruptedException;

    /// Looks one file up more closely: listings of some stores say less than their answers about one file do
    /// (S3's say nothing of what was recorded, and their entity tags need not be sums). Ask before anything is
    /// called wrong.
    Optional<StoredFile> inspect(FileName name) throws InterruptedException;

    /// Reads a file as it was seen, from where the intake stands; on from there when the connection breaks.
    ///
    /// @throws StoreException when it is gone, or is not what was seen any more
    void read(FileName name, StoredFile seen, BlobIntake into) throws InterruptedException;

    /// Writes a file. It can be seen when all of it is there, or never; who replaces it meanwhile wins, and is told
    /// of, unless what lies there is what should. A failure of the source comes through as it is; what was begun is
    /// given up then, and the file may be written anew.
    ///
    /// @param replaced what it may replace; empty where nothing may lie there
    void write(FileName name, Incoming file, Optional<StoredFile> replaced) throws InterruptedException;

    /// Copies a file from another store without its bytes passing through here.
    ///
    /// @param seen the file as it was seen there, whose content is known to be right
    /// @param sha256 of its content
    /// @return whether it was done; false where these two cannot
    default boolean copy(Store from, FileName name, StoredFile seen, Digest sha256, Optional<StoredFile> replaced)
            throws InterruptedException {
        return false;
    }

    @Override
    default void close() {}
}
