// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs a scanner that is installed on this machine, once for each image, and reads its report. No shell: what an
/// image is called never becomes a command.
public final class CommandScanner implements Scanner {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_SAID = 4096;
    private static final int SHOWN = 300;

    private final List<String> command;
    private final String prefix;
    private final Duration longest;

    private CommandScanner(List<String> command, String prefix, Duration longest) {
        this.command = List.copyOf(command);
        this.prefix = prefix;
        this.longest = longest;
    }

    /// Trivy, which asks the registry and no daemon.
    ///
    /// @param program its name on the `PATH`, or its path
    public static CommandScanner trivy(String program) {
        return new CommandScanner(
                List.of(program, "image", "--quiet", "--image-src", "remote", "--scanners", "vuln", "--format", "json"),
                "",
                LONGEST);
    }

    /// Grype, which asks the registry and no daemon.
    public static CommandScanner grype(String program) {
        return new CommandScanner(List.of(program, "-q", "-o", "json"), "registry:", LONGEST);
    }

    /// @param limit how long a scan may take
    CommandScanner within(Duration limit) {
        return new CommandScanner(command, prefix, limit);
    }

    /// A scan unpacks an image: more of them would wait for the disk.
    @Override
    public int atOnce() {
        return 4;
    }

    @Override
    public ScanResult scan(Repository repository, Digest digest) throws InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.add(prefix + repository.at(digest));
        Process process;
        try {
            process = new ProcessBuilder(all).start();
        } catch (IOException e) {
            return unknown("can't be started; is it installed, and on the PATH?");
        }
        try {
            process.getOutputStream().close();
            return result(process);
        } catch (IOException e) {
            return unknown("could not be read: " + e.getMessage());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private ScanResult result(Process process) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        CompletableFuture<byte[]> output = read(process.getInputStream(), JsonText.LARGEST + 1);
        CompletableFuture<byte[]> errors = read(process.getErrorStream(), MOST_SAID);
        try {
            byte[] report = output.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (report.length > JsonText.LARGEST) {
                return unknown("wrote more than " + JsonText.LARGEST + " bytes");
            }
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            if (process.exitValue() != 0) {
                byte[] said = errors.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                return unknown("ended with code " + process.exitValue() + lastLine(said));
            }
            return ScanResult.Scanned.of(ScanReports.read(Json.read("report", Bytes.of(report))));
        } catch (TimeoutException e) {
            return unknown("did not end within " + longest.toSeconds() + " s");
        } catch (ExecutionException e) {
            return unknown("could not be read: " + e.getCause());
        } catch (TrustException e) {
            return unknown("wrote something else than its report: " + e.getMessage());
        }
    }

    /// Keeps the first bytes and reads all: a full pipe would stop the program.
    private static CompletableFuture<byte[]> read(InputStream stream, int most) {
        CompletableFuture<byte[]> bytes = new CompletableFuture<>();
        Thread.ofVirtual().name("scanner").start(() -> {
            try (stream) {
                byte[] first = stream.readNBytes(most);
                if (first.length < most) {
                    bytes.complete(first);
                } else {
                    // Who waits has enough, and may end the program.
                    bytes.complete(first);
                    stream.transferTo(OutputStream.nullOutputStream());
                }
            } catch (IOException e) {
                bytes.completeExceptionally(e);
            }
        });
        return bytes;
    }

    private static String lastLine(byte[] said) {
        String text = new String(said, StandardCharsets.UTF_8).strip();
        String last = text.substring(text.lastIndexOf('\n') + 1).replaceAll("\\p{Cntrl}", "?");
        return last.isEmpty() ? "" : ": " + last.substring(0, Math.min(SHOWN, last.length()));
    }

    private ScanResult unknown(String why) {
        return new ScanResult.Unknown(command.getFirst() + " " + why);
    }
}
