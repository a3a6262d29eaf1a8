// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.fault;

import io.kpromo.oci.Digest;
import io.kpromo.registry.http.Delivery;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// What happens to a request that is struck.
public sealed interface Effect {
    /// This is the answer; the request is not carried out.
    ///
    /// @param headers more of them, for example `Retry-After`
    /// @param body sent as JSON where it begins with a brace
    record Answers(int status, Map<String, String> headers, String body) implements Effect {
        public Answers {
            headers = Map.copyOf(headers);
        }
    }

    /// The connection is reset; the request is not carried out.
    record Resets() implements Effect {}

    /// The connection is reset when so many bytes of the request's body are read.
    record ResetsWhileReading(long bytes) implements Effect {}

    /// The request is carried out, then the connection is reset without an answer.
    record ResetsAfterwards() implements Effect {}

    /// The answer's body arrives like this.
    record Delivers(Delivery delivery) implements Effect {}

    /// The request's body is read no quicker than this.
    record ReadsSlowly(long bytesPerSecond) implements Effect {}

    /// The answer carries this header; an empty value takes the header away.
    record Claims(String header, String value) implements Effect {
        static Claims digest(Digest lie) {
            return new Claims("Docker-Content-Digest", lie.toString());
        }
    }

    /// So much time goes by first.
    record Delays(Duration time) implements Effect {}

    /// It waits until the test opens the gate, then goes on.
    record Stalls(Gate gate) implements Effect {}

    /// The upload that the request is about is forgotten first, as by a registry that was restarted.
    record ForgetsUpload() implements Effect {}

    /// The client is sent to the same path at another server, by 307.
    record Redirects(URI server) implements Effect {}

    /// `Range` of the answer stays at the first bytes that ever came, as ECR's does.
    record RangeStandsStill() implements Effect {}

    /// Something is done first, for example a process is killed.
    record Runs(Action action) implements Effect {}

    /// What a test does at the moment a request arrives.
    @FunctionalInterface
    interface Action {
        void at(Target target) throws InterruptedException;
    }
}
