// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The `files:` section of a manifest as text, byte for byte as the promoter in Go prints it.
public final class FilesSection {
    private static final int PIECE = 64 << 10;

    private FilesSection() {}

    /// @return YAML; `{}` where there are no files
    public static String of(List<FileHash> files) {
        if (files.isEmpty()) {
            return "{}\n";
        }
        StringBuilder text = new StringBuilder("files:\n");
        files.forEach(file -> add(text, file));
        return text.toString();
    }

    /// Writes the same in UTF-8, piece by piece: never all of it is in memory.
    public static void write(List<FileHash> files, OutputStream out) throws IOException {
        if (files.isEmpty()) {
            out.write(of(files).getBytes(StandardCharsets.UTF_8));
            return;
        }
        StringBuilder text = new StringBuilder(PIECE + PIECE / 8).append("files:\n");
        for (FileHash file : files) {
            add(text, file);
            if (text.length() >= PIECE) {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            }
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void add(StringBuilder text, FileHash file) {
        text.append("- name: ")
                .append(Scalar.of(file.name().text()))
                .append("\n  sha256: ")
                .append(Scalar.ofHex(file.sha256().hex()))
                .append('\n');
    }
}
