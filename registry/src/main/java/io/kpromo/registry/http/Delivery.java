// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

/// How an answer reaches its reader. All offsets count bytes of the body; [#NEVER] turns a fault off.
///
/// @param resetAt reset the connection (RST) when this many bytes are sent
/// @param endAt close the connection when this many bytes are sent
/// @param flipAt send the byte at this offset with its lowest bit flipped
/// @param bytesPerSecond at most so many, 0 for as many as go
/// @param announceMore announce so many bytes more than there are, or fewer where negative
public record Delivery(long resetAt, long endAt, long flipAt, long bytesPerSecond, long announceMore) {
    public static final long NEVER = Long.MAX_VALUE;
    public static final Delivery FAITHFUL = new Delivery(NEVER, NEVER, NEVER, 0, 0);

    public Delivery withResetAt(long offset) {
        return new Delivery(offset, endAt, flipAt, bytesPerSecond, announceMore);
    }

    public Delivery withEndAt(long offset) {
        return new Delivery(resetAt, offset, flipAt, bytesPerSecond, announceMore);
    }

    public Delivery withFlipAt(long offset) {
        return new Delivery(resetAt, endAt, offset, bytesPerSecond, announceMore);
    }

    public Delivery withBytesPerSecond(long rate) {
        return new Delivery(resetAt, endAt, flipAt, rate, announceMore);
    }

    public Delivery withAnnounceMore(long more) {
        return new Delivery(resetAt, endAt, flipAt, bytesPerSecond, more);
    }

    boolean isFaithful() {
        return equals(FAITHFUL);
    }
}
