// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.time.Duration;

/// How long the transport waits for what.
///
/// @param connect for a connection, TLS included
/// @param answer for the whole head of an answer, once the request is sent
/// @param stall for the next byte, of a body that is read or one that is sent
/// @param idle how long a connection is kept for the next request
/// @param overall how long tries are begun for one call; one that makes progress is not cut off
/// @param longestWait the most of a `Retry-After` that is obeyed; a host that asks for more is given up
public record Timeouts(
        Duration connect, Duration answer, Duration stall, Duration idle, Duration overall, Duration longestWait) {
    public static Timeouts standard() {
        return new Timeouts(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMinutes(15),
                Duration.ofMinutes(2));
    }

    public Timeouts withConnect(Duration longest) {
        return new Timeouts(longest, answer, stall, idle, overall, longestWait);
    }

    public Timeouts withAnswer(Duration longest) {
        return new Timeouts(connect, longest, stall, idle, overall, longestWait);
    }

    public Timeouts withStall(Duration longest) {
        return new Timeouts(connect, answer, longest, idle, overall, longestWait);
    }

    public Timeouts withIdle(Duration longest) {
        return new Timeouts(connect, answer, stall, longest, overall, longestWait);
    }

    public Timeouts withOverall(Duration longest) {
        return new Timeouts(connect, answer, stall, idle, longest, longestWait);
    }

    public Timeouts withLongestWait(Duration longest) {
        return new Timeouts(connect, answer, stall, idle, overall, longest);
    }
}
