// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.feed.Feed;
import java.time.Duration;

/// How much is done at the same time, and with how much memory.
///
/// @param contents copied at the same time, 1 or more
/// @param wave contents whose manifests are known before their blobs move, 1 or more: among them a blob is read
///     once
/// @param streams large blobs that are read at the same time, 1 or more
/// @param window bytes of blobs in memory, in all; at least four pieces of 64 KiB for each stream
/// @param small blobs up to this many bytes are held whole, so that sending one again needs no second read; no blob
///     that takes more than a quarter of the window is
/// @param resumable blobs from this many bytes on are sent so that a broken upload can go on where it broke
/// @param tries for one upload, 1 or more
/// @param patience how long a destination may stand still before the others stop waiting for it
public record CopyOptions(
        int contents, int wave, int streams, long window, long small, long resumable, int tries, Duration patience) {
    public CopyOptions {
        if (contents < 1 || wave < 1 || streams < 1 || tries < 1) {
            throw new IllegalArgumentException("contents, wave, streams and tries are 1 or more");
        }
        if (window < 4L * Feed.PIECE * streams) {
            throw new IllegalArgumentException("a window of " + window + " bytes is too small for " + streams
                    + " streams: each needs " + 4L * Feed.PIECE);
        }
    }

    /// Whether a blob of this size is held in memory as a whole.
    boolean holds(long size) {
        return size <= Math.min(small, window / 4);
    }

    /// 20 contents at once; memory a quarter of the heap, at most 96 MiB.
    public static CopyOptions standard() {
        long window =
                Math.max(8L << 20, Math.min(96L << 20, Runtime.getRuntime().maxMemory() / 4));
        return new CopyOptions(20, 500, 8, window, 1L << 20, 64L << 20, 4, Duration.ofSeconds(10));
    }

    public CopyOptions withContents(int n) {
        return new CopyOptions(n, wave, streams, window, small, resumable, tries, patience);
    }

    public CopyOptions withWave(int n) {
        return new CopyOptions(contents, n, streams, window, small, resumable, tries, patience);
    }

    public CopyOptions withStreams(int n) {
        return new CopyOptions(contents, wave, n, window, small, resumable, tries, patience);
    }

    public CopyOptions withWindow(long bytes) {
        return new CopyOptions(contents, wave, streams, bytes, small, resumable, tries, patience);
    }

    public CopyOptions withSmall(long bytes) {
        return new CopyOptions(contents, wave, streams, window, bytes, resumable, tries, patience);
    }

    public CopyOptions withResumable(long bytes) {
        return new CopyOptions(contents, wave, streams, window, small, bytes, tries, patience);
    }

    public CopyOptions withPatience(Duration time) {
        return new CopyOptions(contents, wave, streams, window, small, resumable, tries, time);
    }
}
