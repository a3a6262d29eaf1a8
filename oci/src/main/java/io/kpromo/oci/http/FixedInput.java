// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;

/// A body of an announced length. Length 0 stands for no body too.
final class FixedInput extends BodyInput {
    private final Connection connection;
    private final long length;
    private long left;

    FixedInput(Connection connection, long length) {
        this.connection = connection;
        this.length = length;
        this.left = length;
    }

    @Override
    int some(byte[] into, int from, int most) throws IOException {
        if (left == 0) {
            return -1;
        }
        int n = connection.read(into, from, (int) Math.min(most, left));
        if (n < 0) {
            throw broken(length - left, " of " + length);
        }
        left -= n;
        return n;
    }

    @Override
    boolean atEnd() {
        return left == 0;
    }
}
