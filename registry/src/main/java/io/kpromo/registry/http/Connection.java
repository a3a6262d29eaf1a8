// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.io.IOException;

/// Serves one connection: request after request, until either side wants no more.
final class Connection implements Runnable {
    /// A body that nobody wanted is read to its end up to here, to keep the connection; beyond, it is closed.
    private static final long MOST_UNWANTED = 8 << 20;

    private final Wire wire;
    private final Handler handler;
    private final Traffic traffic;
    private final RequestReader reader;
    private final AnswerWriter writer;

    Connection(Wire wire, Handler handler, Traffic traffic, DateHeader date) {
        this.wire = wire;
        this.handler = handler;
        this.traffic = traffic;
        this.reader = new RequestReader(wire, traffic);
        this.writer = new AnswerWriter(wire, traffic, date);
    }

    /// Ends what the other side has kept waiting for too long.
    void closeIfOverdue(long now) throws IOException {
        if (wire.overdue(now)) {
            wire.close();
        }
    }

    void close() throws IOException {
        wire.close();
    }

    @Override
    public void run() {
        try (wire) {
            boolean more = true;
            while (more) {
                more = one();
            }
        } catch (IOException e) {
            // The other side is gone, or breaks the protocol: there is nobody left to be told.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean one() throws IOException, InterruptedException {
        RequestReader.Incoming incoming;
        try {
            incoming = reader.read();
        } catch (MalformedRequestException e) {
            return refuse(e);
        }
        traffic.begun();
        try {
            return answer(incoming);
        } catch (MalformedRequestException e) {
            return refuse(e);
        } catch (ResetException e) {
            wire.reset();
            return false;
        } finally {
            traffic.ended();
        }
    }

    private boolean answer(RequestReader.Incoming incoming) throws IOException, InterruptedException {
        Answer answer = handler.handle(incoming.request());
        BodyInput body = incoming.body();
        boolean last = incoming.closes() || body.isUnasked();
        boolean complete = writer.write(answer, incoming.request().method().equals("HEAD"), last);
        if (last || !complete) {
            return goodbye(body);
        }
        return body.drain(MOST_UNWANTED) || goodbye(body);
    }

    /// Lets the other side read the answer before the connection goes: bytes of it that came too late would make the
    /// kernel send a reset, which can overtake the answer (RFC 9112, section 9.6).
    private boolean goodbye(BodyInput body) throws IOException {
        wire.finish();
        if (!body.isUnasked()) {
            body.drain(MOST_UNWANTED);
        }
        return false;
    }

    private boolean refuse(MalformedRequestException e) throws IOException, InterruptedException {
        writer.write(Answer.text(e.status(), String.valueOf(e.getMessage())), false, true);
        wire.finish();
        return false;
    }
}
