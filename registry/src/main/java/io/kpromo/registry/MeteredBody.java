// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.registry.http.ResetException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/// The body of a request, counted, and broken off or slowed down where a fault says so.
final class MeteredBody extends FilterInputStream {
    private long count;
    private long resetAt = Long.MAX_VALUE;
    private long bytesPerSecond;

    MeteredBody(InputStream in) {
        super(in);
    }

    long count() {
        return count;
    }

    void resetAt(long bytes) {
        resetAt = bytes;
    }

    void slowTo(long rate) {
        bytesPerSecond = rate;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (count >= resetAt) {
            throw new ResetException();
        }
        int most = (int) Math.min(length, resetAt - count);
        if (bytesPerSecond > 0) {
            most = Math.clamp(bytesPerSecond / 20, 1, most);
        }
        int read = in.read(into, offset, most);
        if (read > 0) {
            count += read;
            pause(read);
        }
        return read;
    }

    private void pause(int read) throws IOException {
        if (bytesPerSecond > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(read * 1_000_000_000L / bytesPerSecond);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the registry is closing");
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
