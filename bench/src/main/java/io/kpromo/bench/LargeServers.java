// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.bench.large.LargeRegistries;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A source that makes up a large layer as it goes, and mirrors that hash what they get and drop it.
///
/// @param source host and port
record LargeServers(Process process, String source, String digest, List<String> sinks) implements AutoCloseable {
    static LargeServers start(long bytes, int mirrors) throws IOException {
        Process process = new ProcessBuilder(
                        Programs.java().toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeRegistries.class.getName(),
                        Long.toString(bytes),
                        Integer.toString(mirrors))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = process.inputReader();
        String source = "";
        String digest = "";
        List<String> sinks = new ArrayList<>();
        String line;
        while ((line = lines.readLine()) != null) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "source" -> {
                    source = "127.0.0.1:" + words[1];
                    digest = words[2];
                }
                case "sink" -> sinks.add("127.0.0.1:" + words[1]);
                default -> {
                    return new LargeServers(process, source, digest, sinks);
                }
            }
        }
        throw new EOFException("the registries for the large layer have not started");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
