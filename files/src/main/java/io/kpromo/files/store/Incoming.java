// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Body;

/// A file on its way into a store: bytes that come as they are read from the source, for several stores at once.
/// The last of them come only when all were right, so that what ends as announced is what the manifest names.
/// An empty one is known to be right before a store gets it.
public interface Incoming {
    /// Bytes.
    long size();

    /// What the whole has to be.
    Digest sha256();

    /// Whether all of it is held in memory until it has been taken, so that it can be waited for ([#awaitAll]) and
    /// sent as often as need be.
    boolean small();

    /// Waits until all of a small file is in memory and right.
    ///
    /// @return the sums over it
    /// @throws io.kpromo.oci.OciException when the source failed, or has other content
    Sums awaitAll() throws InterruptedException;

    /// The SHA-512 of all of it, once all of it is there; worked out once for all stores. Of a file that is not
    /// small only for stores whose [Scheme] records it, and after they have taken it.
    ///
    /// @throws io.kpromo.oci.OciException when the source failed, or has other content
    Digest sha512() throws InterruptedException;

    /// The bytes from an offset to the end, or `length` of them; opened as often as need be. What is in memory no
    /// more is read from the source again, for this store alone.
    ///
    /// @param offset 0 or more
    /// @param length 1 or more
    Body part(long offset, long length);
}
