// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/// Puts answers on the wire, faithfully or with the fault that was asked for.
final class AnswerWriter {
    /// So much is handed to the kernel at once: enough to be cheap, little enough to be counted as it goes.
    private static final int PORTION = 1 << 20;

    private final Wire wire;
    private final Traffic traffic;
    private final DateHeader date;

    AnswerWriter(Wire wire, Traffic traffic, DateHeader date) {
        this.wire = wire;
        this.traffic = traffic;
        this.date = date;
    }

    /// @param bodyless whether the body is left out (`HEAD`)
    /// @param last whether the connection is closed after it
    /// @return whether all of it was sent, so that the connection may be used again
    boolean write(Answer answer, boolean bodyless, boolean last) throws IOException, InterruptedException {
        ByteBuffer head = head(answer, last);
        Content content = answer.content();
        Delivery delivery = answer.delivery();
        if (bodyless || content.length() == 0) {
            wire.write(head);
            return true;
        }
        if (!delivery.isFaithful()) {
            wire.write(head);
            return deliver(content, delivery);
        }
        switch (content) {
            case Content.Bytes(byte[] bytes) -> {
                traffic.sent(bytes.length);
                wire.write(head, ByteBuffer.wrap(bytes));
            }
            case Content.Part part -> send(head, part);
        }
        return true;
    }

    private void send(ByteBuffer head, Content.Part part) throws IOException {
        try (FileChannel file = FileChannel.open(part.file(), StandardOpenOption.READ)) {
            wire.write(head);
            for (long sent = 0; sent < part.length(); sent += PORTION) {
                long count = Math.min(PORTION, part.length() - sent);
                traffic.sent(count);
                wire.write(file, part.from() + sent, count);
            }
        }
    }

    /// The slow way, byte by byte under control.
    private boolean deliver(Content content, Delivery delivery) throws IOException, InterruptedException {
        long end = Math.min(content.length(), Math.min(delivery.endAt(), delivery.resetAt()));
        int portion = delivery.bytesPerSecond() == 0 ? PORTION : Math.clamp(delivery.bytesPerSecond() / 20, 1, PORTION);
        try (Source source = Source.of(content)) {
            for (long at = 0; at < end; ) {
                byte[] bytes = source.read(at, (int) Math.min(portion, end - at));
                if (delivery.flipAt() >= at && delivery.flipAt() < at + bytes.length) {
                    bytes[(int) (delivery.flipAt() - at)] ^= 1;
                }
                traffic.sent(bytes.length);
                wire.write(ByteBuffer.wrap(bytes));
                at += bytes.length;
                if (delivery.bytesPerSecond() > 0) {
                    TimeUnit.NANOSECONDS.sleep(bytes.length * 1_000_000_000L / delivery.bytesPerSecond());
                }
            }
        }
        if (delivery.resetAt() <= content.length()) {
            throw new ResetException();
        }
        return end == content.length() && delivery.announceMore() == 0;
    }

    private ByteBuffer head(Answer answer, boolean last) {
        StringBuilder head = new StringBuilder(512);
        head.append("HTTP/1.1 ").append(answer.status()).append(' ').append(reason(answer.status()));
        head.append("\r\n");
        answer.headers().writeTo(head);
        head.append("Date: ").append(date.now()).append("\r\n");
        // For HEAD the length is that of the body that GET would give; its handler may have set it already.
        if (!answer.headers().has("Content-Length") && answer.status() != 204 && answer.status() != 304) {
            long length = answer.content().length() + answer.delivery().announceMore();
            head.append("Content-Length: ").append(Math.max(0, length)).append("\r\n");
        }
        if (last) {
            head.append("Connection: close\r\n");
        }
        return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 204 -> "No Content";
            case 206 -> "Partial Content";
            case 307 -> "Temporary Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Content Too Large";
            case 416 -> "Range Not Satisfiable";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Status";
        };
    }
}
