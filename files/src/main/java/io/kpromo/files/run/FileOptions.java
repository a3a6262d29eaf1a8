// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.oci.feed.Feed;
import java.time.Duration;

/// What is done, how much of it at the same time, and with how much memory.
///
/// @param confirm whether anything is written
/// @param overwrite whether other content at a destination may be replaced
/// @param threads files copied at the same time, each to all of its destinations; 1 or more
/// @param streams large files among them, 1 or more
/// @param window bytes of files in memory, in all; at least four pieces of 64 KiB for each stream
/// @param small files up to this many bytes are held whole, so that sending one again needs no second read; no file
///     that takes more than a quarter of the window is
/// @param tries to write one file in one place where its source sent something wrong, 1 or more
/// @param patience how long a destination may stand still before the others stop waiting for it
public record FileOptions(
        boolean confirm,
        boolean overwrite,
        int threads,
        int streams,
        long window,
        long small,
        int tries,
        Duration patience) {
    public FileOptions {
        if (threads < 1 || streams < 1 || tries < 1) {
            throw new IllegalArgumentException("threads, streams and tries are 1 or more");
        }
        if (window < 4L * Feed.PIECE * streams) {
            throw new IllegalArgumentException("a window of " + window + " bytes is too small for " + streams
                    + " streams: each needs " + 4L * Feed.PIECE);
        }
    }

    /// A dry run with 8 threads; memory a quarter of the heap, at most 96 MiB.
    public static FileOptions standard() {
        long window =
                Math.max(8L << 20, Math.min(96L << 20, Runtime.getRuntime().maxMemory() / 4));
        return new FileOptions(false, false, 8, 8, window, 8L << 20, 4, Duration.ofSeconds(10));
    }

    /// Whether a file of this size is held in memory as a whole.
    boolean holds(long size) {
        return size <= Math.min(small, window / 4);
    }

    /// Whether a file of this size is fetched before it is known when it can be written. What waits like that takes a
    /// quarter of the memory at most, so it never keeps others from going on.
    boolean fetchesAhead(long size) {
        return holds(size) && size <= window / (4L * threads);
    }

    public FileOptions withConfirm(boolean yes) {
        return new FileOptions(yes, overwrite, threads, streams, window, small, tries, patience);
    }

    public FileOptions withOverwrite(boolean yes) {
        return new FileOptions(confirm, yes, threads, streams, window, small, tries, patience);
    }

    public FileOptions withThreads(int n) {
        return new FileOptions(confirm, overwrite, n, streams, window, small, tries, patience);
    }

    /// With no more threads than this much memory is enough for: a file on its way takes buffers at each connection,
    /// about a mebibyte in all.
    ///
    /// @param heap bytes
    public FileOptions within(long heap) {
        long most = Math.max(1, heap >> 20);
        return threads <= most ? this : withThreads((int) most);
    }

    public FileOptions withStreams(int n) {
        return new FileOptions(confirm, overwrite, threads, n, window, small, tries, patience);
    }

    public FileOptions withWindow(long bytes) {
        return new FileOptions(confirm, overwrite, threads, streams, bytes, small, tries, patience);
    }

    public FileOptions withSmall(long bytes) {
        return new FileOptions(confirm, overwrite, threads, streams, window, bytes, tries, patience);
    }

    public FileOptions withPatience(Duration time) {
        return new FileOptions(confirm, overwrite, threads, streams, window, small, tries, time);
    }
}
