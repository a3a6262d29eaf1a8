// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.OciException;
import io.kpromo.oci.http.HostGate.Permit;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// One request on the wire and its answer, within one slot of its host. Counted and traced when it is closed, for
/// only then it is known what came.
final class Exchange implements AutoCloseable {
    private final Parts parts;
    private final Wire.Letter letter;
    private final String host;
    private final String shown;
    private final int tries;
    private final boolean redirected;
    private final Permit permit;
    private final Answer answer;
    private final long began;
    private String error = "";

    private Exchange(
            Parts parts,
            Wire.Letter letter,
            String host,
            String shown,
            int tries,
            boolean redirected,
            Permit permit,
            Answer answer,
            long began) {
        this.parts = parts;
        this.letter = letter;
        this.host = host;
        this.shown = shown;
        this.tries = tries;
        this.redirected = redirected;
        this.permit = permit;
        this.answer = answer;
        this.began = began;
    }

    /// @param host whose slots and rate apply
    /// @param shown path and query, redacted
    static Exchange begin(Parts parts, Wire.Letter letter, String host, String shown, int tries, boolean redirected)
            throws IOException, InterruptedException {
        HostGate gate = parts.gates().of(host);
        Permit permit = gate.enter(letter.request().kind());
        long began = parts.time().nanos();
        boolean done = false;
        try {
            Answer answer = parts.wire().send(letter);
            done = true;
            return new Exchange(parts, letter, host, shown, tries, redirected, permit, answer, began);
        } catch (UnreachableException unsent) {
            throw unsent;
        } catch (IOException | OciException failure) {
            // The latter comes out of the body: its source failed. What was sent of it counts.
            String error = Redact.printable(String.valueOf(failure.getMessage()));
            record(parts, letter, host, shown, tries, permit.waited(), began, 0, 0, 0, error);
            throw failure;
        } finally {
            if (!done) {
                permit.close();
            }
        }
    }

    Answer answer() {
        return answer;
    }

    /// Whether another address than the registry gave the answer.
    boolean redirected() {
        return redirected;
    }

    /// The body turned out to be broken while it was read.
    void failed(IOException broken) {
        error = Redact.printable(String.valueOf(broken.getMessage()));
    }

    /// Requests to this host come too fast.
    void refusedForRate() {
        RateLimit rate = parts.gates().of(host).rate();
        if (rate.refused(began)) {
            parts.listener().on(new TransportListener.Throttled(host, rate.perSecond()));
        }
    }

    @Override
    public void close() {
        try {
            answer.close();
        } finally {
            permit.close();
            record(
                    parts,
                    letter,
                    host,
                    shown,
                    tries,
                    permit.waited(),
                    began,
                    answer.status(),
                    answer.sent(),
                    answer.received(),
                    error);
        }
    }

    private static void record(
            Parts parts,
            Wire.Letter letter,
            String host,
            String shown,
            int tries,
            long waited,
            long began,
            int status,
            long sent,
            long received,
            String error) {
        Request request = letter.request();
        parts.counter().add(host, request.kind(), tries > 1, sent, received, waited);
        parts.trace()
                .ifPresent(trace -> trace.write(new Trace.Line(
                        request,
                        host,
                        shown,
                        status,
                        sent,
                        received,
                        TimeUnit.NANOSECONDS.toMillis(parts.time().nanos() - began),
                        TimeUnit.NANOSECONDS.toMillis(waited),
                        tries,
                        error)));
    }
}
