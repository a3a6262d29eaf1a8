// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.store.StoreException;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.feed.LostPlace;
import io.kpromo.oci.feed.Supply;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The SHA-512 of a large file, for all stores that record it: worked out by one more taker of what is read for all,
/// which, like every other, never gets the end of anything that is wrong.
final class LargeSum {
    private static final int PIECE = 64 << 10;

    private final CompletableFuture<Digest> sum = new CompletableFuture<>();

    /// Reads all of it. What goes wrong, those who wait are told.
    ///
    /// @param place is closed in the end
    /// @param tries with a source that is wrong
    void take(Supply place, int tries) throws InterruptedException {
        try (place) {
            sum.complete(sumOf(place, tries));
        } catch (OciException e) {
            sum.completeExceptionally(e);
        } finally {
            sum.completeExceptionally(new StoreException("the SHA-512 was not worked out to its end"));
        }
    }

    private static Digest sumOf(Supply place, int tries) throws InterruptedException {
        for (int tried = 1; ; ) {
            try (InputStream in = place.look(0)) {
                return sumOf(in);
            } catch (LostPlace e) {
                // Being left behind happens once at most; a source that is wrong may stay so.
                if (e.wrong() && tried++ >= tries) {
                    throw e;
                }
            } catch (IOException e) {
                throw new StoreException("the SHA-512 could not be worked out: " + e.getMessage(), e);
            }
        }
    }

    private static Digest sumOf(InputStream in) throws IOException {
        MessageDigest hash = Digest.Algorithm.SHA512.hasher();
        byte[] piece = new byte[PIECE];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            hash.update(piece, 0, n);
        }
        return Digest.of(Digest.Algorithm.SHA512, hash);
    }

    Digest await() throws InterruptedException {
        try {
            return sum.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof OciException known ? known : new IllegalStateException(e.getCause());
        }
    }
}
