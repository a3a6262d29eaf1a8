// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/// Where results go. A stream for printing keeps to itself that it could not write; this one remembers, for half a
/// manifest on a full disk looks like a whole one.
final class StandardOutput extends OutputStream {
    /// What systems say where a reader has gone, as `head` does: then nobody misses the rest.
    private static final String GONE = "Broken pipe";

    private final OutputStream to;
    private final PrintStream stream = new PrintStream(this, false, StandardCharsets.UTF_8);
    private volatile Optional<String> failure = Optional.empty();

    StandardOutput(OutputStream to) {
        this.to = to;
    }

    /// To print to.
    PrintStream stream() {
        return stream;
    }

    /// The command has come to its end.
    ///
    /// @param code it ends with
    /// @param tell is told of a failure
    /// @return the code, or 1 where all was well but for what could not be written
    int ended(int code, Consumer<String> tell) {
        stream.flush();
        Optional<String> told = failure.filter(reason -> !reason.equals(GONE));
        told.ifPresent(reason -> tell.accept("standard output is not complete: " + reason));
        return told.isPresent() && code == ExitCode.DONE.number() ? ExitCode.FAILED.number() : code;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            to.write(bytes, from, length);
        } catch (IOException e) {
            if (failure.isEmpty()) {
                failure = Optional.of(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }
}
