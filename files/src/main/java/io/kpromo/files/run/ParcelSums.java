// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.Sums;
import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.oci.Digest;
import io.kpromo.oci.concurrent.InFlight;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The sums of one small file that stores know by: each worked out by the first store that asks, for all of them.
final class ParcelSums {
    /// Gives the bytes.
    interface Bytes {
        InputStream open() throws InterruptedException;
    }

    private interface Update {
        void with(byte[] bytes, int length);
    }

    private final InFlight<String, Sums> sums = InFlight.keeping();
    private final InFlight<String, Digest> sha512 = InFlight.keeping();

    Sums known(Bytes bytes) throws InterruptedException {
        return sums.once("", () -> {
            MessageDigest md5 = Checksums.md5();
            CRC32C crc = new CRC32C();
            each(bytes, (piece, length) -> {
                md5.update(piece, 0, length);
                crc.update(piece, 0, length);
            });
            return new Sums(Optional.of(HexFormat.of().formatHex(md5.digest())), Optional.of((int) crc.getValue()));
        });
    }

    Digest sha512(Bytes bytes) throws InterruptedException {
        return sha512.once("", () -> {
            MessageDigest hash = Digest.Algorithm.SHA512.hasher();
            each(bytes, (piece, length) -> hash.update(piece, 0, length));
            return Digest.of(Digest.Algorithm.SHA512, hash);
        });
    }

    private static void each(Bytes bytes, Update update) throws InterruptedException {
        try (InputStream in = bytes.open()) {
            byte[] piece = new byte[64 << 10];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                update.with(piece, n);
            }
        } catch (IOException e) {
            throw new StoreException("the file could not be read again: " + e.getMessage(), e);
        }
    }
}
