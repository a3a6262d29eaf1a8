// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.yaml.InvalidInputException;
import io.kpromo.yaml.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/// What a failure means for a person: one line, and the exit code.
final class Advice {
    private Advice() {}

    static ExitCode exitCode(Throwable failure) {
        return failure instanceof UsageException ? ExitCode.USAGE : ExitCode.FAILED;
    }

    /// A line for each thing that is wrong; there is more than one where files are.
    static List<String> lines(Throwable failure) {
        return failure instanceof InvalidInputException input
                ? input.problems().stream().map(Problem::toString).toList()
                : List.of(line(failure));
    }

    /// Messages of our own rooms say what, where and what to do already; those of the JDK are completed here.
    private static String line(Throwable failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case UncheckedIOException e when e.getCause() != null -> line(e.getCause());
            case NoSuchFileException e -> "no such file: " + e.getFile();
            case AccessDeniedException e -> "no permission for " + e.getFile() + "; let this account read and write it";
            case FileSystemException e ->
                e.getFile() + ": " + (e.getReason() == null ? "cannot be used" : e.getReason());
            case OutOfMemoryError _ -> "out of memory; give more with KPROMO_JAVA_OPTS=-Xmx2g";
            case IOException e when message == null -> e.getClass().getSimpleName();
            default -> message == null || failure instanceof NullPointerException ? unexpected(failure) : message;
        };
    }

    private static String unexpected(Throwable failure) {
        return "unexpected " + failure.getClass().getSimpleName()
                + "; this is a bug: run again with --log-level debug and report what it prints";
    }
}
