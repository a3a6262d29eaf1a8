// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.oci.http.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/// A file as a form of a browser sends it (RFC 7578), read from disk as it is sent.
///
/// @param head what comes before its bytes
/// @param tail what comes after
public record FormFile(FileBody content, String head, String tail) implements Body {
    /// Not one that a file of ours would have; a file that has it anyway is refused by its length or its sum.
    private static final String BOUNDARY = "kpromo-3c1b7e0a9f5d4286";

    /// @param field of the form
    /// @param name of the file, as it is to be called there
    public static FormFile of(String field, String name, String mediaType, Path file) {
        String quoted = name.replaceAll("[\"\\\\\\p{Cntrl}]", "_");
        return new FormFile(
                FileBody.of(file),
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + quoted
                        + "\"\r\nContent-Type: " + mediaType + "\r\n\r\n",
                "\r\n--" + BOUNDARY + "--\r\n");
    }

    public String mediaType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    @Override
    public long length() {
        return bytes(head).length + content.length() + bytes(tail).length;
    }

    @Override
    public InputStream open() throws IOException {
        List<InputStream> parts =
                List.of(new ByteArrayInputStream(bytes(head)), content.open(), new ByteArrayInputStream(bytes(tail)));
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
