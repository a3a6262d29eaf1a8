// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.Sums;
import io.kpromo.oci.Digest;
import io.kpromo.oci.feed.Expected;
import io.kpromo.oci.feed.Supply;
import io.kpromo.oci.http.Body;
import java.io.InputStream;

/// A file on its way into one store.
///
/// @param sums worked out once for all stores, where the file is small
/// @param largeSum worked out once for all stores, where it is not and one of them records it
record Parcel(Expected expected, Supply supply, boolean small, ParcelSums sums, LargeSum largeSum) implements Incoming {
    @Override
    public long size() {
        return expected.size();
    }

    @Override
    public Digest sha256() {
        return expected.digest();
    }

    @Override
    public Sums awaitAll() throws InterruptedException {
        supply.awaitAll();
        return sums.known(this::bytes);
    }

    @Override
    public Digest sha512() throws InterruptedException {
        if (!small) {
            return largeSum.await();
        }
        supply.awaitAll();
        return sums.sha512(this::bytes);
    }

    /// From memory, or, where this store was left behind, from a read of its own.
    private InputStream bytes() throws InterruptedException {
        return expected.size() == 0 ? InputStream.nullInputStream() : supply.look(0);
    }

    @Override
    public Body part(long offset, long length) {
        return supply.part(offset, length);
    }
}
