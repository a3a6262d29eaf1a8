// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/// An intake that tells of each stream how many bytes came of it, also where it broke off.
///
/// @param read hears of them, 0 or more
public record CountedIntake(BlobIntake intake, LongConsumer read) implements BlobIntake {
    @Override
    public long offset() {
        return intake.offset();
    }

    @Override
    public void take(InputStream more) throws IOException, InterruptedException {
        long before = intake.offset();
        try {
            intake.take(more);
        } finally {
            read.accept(Math.max(0, intake.offset() - before));
        }
    }
}
