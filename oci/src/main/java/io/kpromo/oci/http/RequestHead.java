// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// The head of a request as it goes over the wire. Nothing in it can end its line before its time.
final class RequestHead {
    private static final byte[] LINE = {'\r', '\n'};

    private byte[] bytes = new byte[1024];
    private int length;

    RequestHead(String method, String target) throws IOException {
        text(method);
        octet(' ');
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new IOException("the address of the request holds a character that must be percent-encoded");
            }
            octet(c);
        }
        text(" HTTP/1.1");
        line();
    }

    RequestHead headers(Map<String, String> headers) throws IOException {
        for (Map.Entry<String, String> header : headers.entrySet()) {
            header(header.getKey(), header.getValue());
        }
        return this;
    }

    /// @throws IOException when the name or the value breaks the grammar; the value is not shown
    RequestHead header(String name, String value) throws IOException {
        boolean fine = !name.isEmpty();
        for (int i = 0; fine && i < name.length(); i++) {
            fine = name.charAt(i) < 0x7f && Head.isToken((byte) name.charAt(i));
        }
        for (int i = 0; fine && i < value.length(); i++) {
            char c = value.charAt(i);
            fine = c == '\t' || (c >= ' ' && c < 0x7f);
        }
        if (!fine) {
            throw new IOException("a header of the request (" + Redact.printable(name) + ") holds a character that no"
                    + " header may hold");
        }
        text(name);
        octet(':');
        octet(' ');
        text(value);
        line();
        return this;
    }

    /// Ends the head, with room for a short body behind it.
    byte[] end() {
        line();
        return Arrays.copyOf(bytes, length);
    }

    private void line() {
        octet(LINE[0]);
        octet(LINE[1]);
    }

    private void octet(int c) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) c;
    }

    private void text(String text) {
        byte[] more = text.getBytes(StandardCharsets.ISO_8859_1);
        if (length + more.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more.length, length * 2));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }
}
