// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// The program. Nothing but this class talks to the process it runs in.
public final class Main {
    private Main() {}

    /// @param args the words after `kpromo`
    public static void main(String[] args) {
        Interrupt interrupt = Interrupt.ofProcess();
        Leave.now(start(List.of(args), interrupt), interrupt.isConnecting());
    }

    /// All but the end of the process.
    static int start(List<String> words, Interrupt interrupt) {
        Map<String, String> environment = System.getenv();
        // Told by the launcher, for Java cannot ask whether standard error is a terminal.
        boolean interactive = environment.getOrDefault("KPROMO_TERMINAL", "").contains("2");
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
        try {
            Console console = new Console(environment, System.in, out.stream(), err, interactive);
            return new Shell(console, interrupt).run(words, out);
        } finally {
            out.stream().flush();
            err.flush();
            interrupt.ended();
        }
    }

    /// Runs a command inside another program, as tests do.
    ///
    /// @param args the words after `kpromo`
    /// @return the exit code; 0 done, 1 failed, 2 wrong usage, 3 refused, 130 interrupted
    public static int run(
            List<String> args, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        return new Shell(new Console(environment, in, out, err, false), Interrupt.none()).run(args);
    }
}
