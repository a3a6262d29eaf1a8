// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/// What a registry's folder holds of signed statements.
final class StoredStatements {
    private StoredStatements() {}

    /// Payloads of all of them.
    static List<String> in(Path folder) throws IOException {
        List<String> payloads = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                int payload = text.indexOf("\"payload\":\"");
                if (payload >= 0) {
                    int from = payload + "\"payload\":\"".length();
                    String encoded = text.substring(from, text.indexOf('"', from));
                    payloads.add(new String(Base64.getDecoder().decode(encoded), UTF_8));
                }
            }
        }
        return payloads;
    }
}
