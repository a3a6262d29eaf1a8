// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Console;
import io.kpromo.images.sample.SampleTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the launcher runs once to make the ahead-of-time cache: typical commands, one after the other. What they load
/// and how they run is what later starts find ready.
public final class Rehearsal {
    private static final List<List<String>> SCENES = List.of(
            List.of("version"),
            List.of("version", "--json"),
            List.of("--help"),
            List.of("cip", "--help"),
            List.of("completion", "bash"),
            List.of("no-such-command"),
            List.of("quickstart"));

    private Rehearsal() {}

    /// @param args none
    public static void main(String[] args) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Console console = new Console(Map.of(), InputStream.nullInputStream(), nowhere, nowhere, false);
        for (List<String> scene : SCENES) {
            play(console, scene);
        }
        Path tree = Files.createTempDirectory("kpromo-rehearsal-");
        try (Folder _ = new Folder(tree, false)) {
            SampleTree.small().write(tree);
            play(console, List.of("cip", "--thin-manifest-dir", tree.toString(), "--parse-only"));
            play(console, List.of("manifest", "validate", tree.toString()));
        }
    }

    /// How it ends does not matter: where it fails, less is ready, and that is all.
    private static void play(Console console, List<String> scene) {
        new Shell(console, Interrupt.none()).run(scene);
    }
}
