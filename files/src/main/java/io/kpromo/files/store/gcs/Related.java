// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import io.kpromo.oci.http.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/// What an object is and its bytes in one body (Cloud Storage JSON API, "Upload an object using multipart"; RFC
/// 2387).
final class Related implements Body {
    private final String boundary = "kpromo-" + UUID.randomUUID();
    private final byte[] before;
    private final Body content;
    private final byte[] after;

    /// @param type of the content
    Related(byte[] description, Body content, String type) {
        String head = "--" + boundary + "\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n";
        String between = "\r\n--" + boundary + "\r\nContent-Type: " + type + "\r\n\r\n";
        this.before = joined(utf8(head), description, utf8(between));
        this.content = content;
        this.after = utf8("\r\n--" + boundary + "--\r\n");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] first, byte[] second, byte[] third) {
        byte[] all = new byte[first.length + second.length + third.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        System.arraycopy(third, 0, all, first.length + second.length, third.length);
        return all;
    }

    /// Its `Content-Type`.
    String type() {
        return "multipart/related; boundary=" + boundary;
    }

    @Override
    public long length() {
        return before.length + content.length() + after.length;
    }

    @Override
    public InputStream open() throws IOException, InterruptedException {
        return new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(before), content.open(), new ByteArrayInputStream(after))));
    }
}
