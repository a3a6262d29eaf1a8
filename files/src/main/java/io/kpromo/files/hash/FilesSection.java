// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import java.util.List;

/// The `files:` section of a manifest as text, byte for byte as the promoter in Go prints it.
public final class FilesSection {
    private FilesSection() {}

    /// @return YAML; `{}` where there are no files
    public static String of(List<FileHash> files) {
        if (files.isEmpty()) {
            return "{}\n";
        }
        StringBuilder text = new StringBuilder(files.size() * 128).append("files:\n");
        for (FileHash file : files) {
            text.append("- name: ")
                    .append(Scalar.of(file.name().text()))
                    .append("\n  sha256: ")
                    .append(Scalar.of(file.sha256().hex()))
                    .append('\n');
        }
        return text.toString();
    }
}
