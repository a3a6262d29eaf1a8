// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.fake;

import java.util.function.UnaryOperator;

/// What goes wrong with a request.
public sealed interface Fault {
    /// It is answered so, and nothing is done.
    record Refused(Reply reply) implements Fault {}

    /// The connection is reset when the request has come; nothing is done.
    record LostRequest() implements Fault {}

    /// It is done, and the connection reset instead of an answer.
    record LostAnswer() implements Fault {}

    /// The connection is reset after so many bytes of the request's body; the store has what came.
    record CutRequest(int after) implements Fault {}

    /// So many bytes of the request's body are taken, and no more until something has happened.
    record Stalled(int after, Runnable until) implements Fault {}

    /// The answer announces all of its body, and ends after so many bytes.
    record CutAnswer(int after) implements Fault {}

    /// The answer says something else than the truth.
    record Lie(UnaryOperator<Reply> how) implements Fault {}

    /// Something else happens just before it is done.
    record After(Runnable first) implements Fault {}

    static Fault status(int status) {
        return new Refused(Reply.of(status));
    }
}
