// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.sample;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Bytes that look random and are the same for the same seed: SplitMix64, written out so that no Java changes it.
final class RandomInput extends InputStream {
    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long state;
    private long left;
    private long word;
    private int ready;

    RandomInput(long seed, long size) {
        this.state = seed;
        this.left = size;
    }

    static byte[] bytes(long seed, int size) {
        byte[] bytes = new byte[size];
        int read = new RandomInput(seed, size).read(bytes, 0, size);
        assert read == size || size == 0;
        return bytes;
    }

    @Override
    public int read() {
        if (left == 0) {
            return -1;
        }
        if (ready == 0) {
            word = next();
            ready = 8;
        }
        int value = (int) (word & 0xff);
        word >>>= 8;
        ready--;
        left--;
        return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        int count = (int) Math.min(length, left);
        int done = 0;
        while (done < count) {
            if (ready == 0 && count - done >= 8) {
                LITTLE.set(into, offset + done, next());
                done += 8;
                left -= 8;
            } else {
                into[offset + done++] = (byte) read();
            }
        }
        return count;
    }

    private long next() {
        state += 0x9e3779b97f4a7c15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
