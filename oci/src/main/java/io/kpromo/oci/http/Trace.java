// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// Writes one JSON object a line for every request, as it ends. Holds no secret: of addresses only what is
/// harmless, of headers nothing.
final class Trace implements AutoCloseable {
    private static final Duration UNWRITTEN = Duration.ofSeconds(1);
    private static final int BUFFER = 64 * 1024;
    private static final String HEX = "0123456789abcdef";

    private final OutputStream out;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private long flushedAt;
    private boolean broken;

    private Trace(OutputStream out, Time time) {
        this.out = out;
        this.time = time;
        this.flushedAt = time.nanos();
    }

    /// @throws IOException when the file can't be written
    static Trace to(Path file, Time time) throws IOException {
        return new Trace(new BufferedOutputStream(Files.newOutputStream(file), BUFFER), time);
    }

    /// One request on the wire.
    ///
    /// @param host where it went
    /// @param target path and query
    /// @param status 0 where there was no answer
    /// @param millis from the sending to the end of the body
    /// @param waited milliseconds for slots and rates before
    /// @param error what went wrong, or empty
    record Line(
            Request request,
            String host,
            String target,
            int status,
            long sent,
            long received,
            long millis,
            long waited,
            int tries,
            String error) {}

    void write(Line line) {
        StringBuilder json = new StringBuilder(320).append("{\"time\":\"").append(time.now());
        json.append("\",\"method\":\"").append(line.request.method());
        json.append("\",\"host\":").append(quoted(line.host));
        json.append(",\"path\":").append(quoted(line.target));
        json.append(",\"status\":").append(line.status);
        json.append(",\"sent\":").append(line.sent);
        json.append(",\"received\":").append(line.received);
        json.append(",\"ms\":").append(line.millis);
        json.append(",\"waited\":").append(line.waited);
        json.append(",\"try\":").append(line.tries);
        json.append(",\"kind\":\"").append(line.request.kind());
        json.append("\",\"why\":").append(quoted(line.request.why()));
        if (!line.error.isEmpty()) {
            json.append(",\"error\":").append(quoted(line.error));
        }
        byte[] bytes = json.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            if (!broken) {
                out.write(bytes);
                if (time.nanos() - flushedAt > UNWRITTEN.toNanos()) {
                    out.flush();
                    flushedAt = time.nanos();
                }
            }
        } catch (IOException full) {
            // A promotion is not ended for its trace.
            broken = true;
        } finally {
            lock.unlock();
        }
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            out.close();
        } catch (IOException full) {
            broken = true;
        } finally {
            lock.unlock();
        }
    }
}
