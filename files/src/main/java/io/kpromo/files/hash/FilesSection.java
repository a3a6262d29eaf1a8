// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import io.kpromo.files.FileName;
import io.kpromo.oci.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The `files:` section of a manifest as text, byte for byte as the promoter in Go prints it. Entries are made where
/// files are hashed, by many threads; what one thread does in the end is to put them one behind the other.
public final class FilesSection {
    private static final int PIECE = 64 << 10;

    private final List<byte[]> entries;

    /// @param entries in their order, each of [#entry]
    FilesSection(List<byte[]> entries) {
        this.entries = List.copyOf(entries);
    }

    /// What a manifest says of one file.
    ///
    /// @param scratch is emptied first
    /// @return YAML in UTF-8
    static byte[] entry(StringBuilder scratch, FileName name, Digest sha256) {
        scratch.setLength(0);
        return scratch.append("- name: ")
                .append(Scalar.of(name.text()))
                .append("\n  sha256: ")
                .append(Scalar.ofHex(sha256.hex()))
                .append('\n')
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// How many files there are.
    public int size() {
        return entries.size();
    }

    /// Writes it as YAML in UTF-8, piece by piece; `{}` where there are no files.
    public void write(OutputStream out) throws IOException {
        OutputStream pieces = new BufferedOutputStream(out, PIECE);
        pieces.write((entries.isEmpty() ? "{}\n" : "files:\n").getBytes(StandardCharsets.UTF_8));
        for (byte[] entry : entries) {
            pieces.write(entry);
        }
        pieces.flush();
    }
}
