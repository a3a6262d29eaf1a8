// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Console;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What the launcher runs once to make the ahead-of-time cache: typical commands, one after the other. What they load
/// and how they run is what later starts find ready.
public final class Rehearsal {
    private static final List<List<String>> SCENES = List.of(
            List.of("version"),
            List.of("version", "--json"),
            List.of("--help"),
            List.of("help", "version"),
            List.of("completion", "bash"),
            List.of("no-such-command"));

    private Rehearsal() {}

    /// @param args none
    public static void main(String[] args) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Console console = new Console(Map.of(), InputStream.nullInputStream(), nowhere, nowhere, false);
        for (List<String> scene : SCENES) {
            int code = new Shell(console, new Interrupt()).run(scene);
            if (code == ExitCode.FAILED.number()) {
                throw new IllegalStateException("this should have worked: " + scene);
            }
        }
    }
}
