// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One large file out of a folder to three registries that hash it and drop it, with little memory.
final class LargeFile {
    private static final long BYTES = 8L << 30;
    private static final int DESTINATIONS = 3;
    private static final double ALLOWED_MIB = 256;

    private final Programs programs;
    private final Path folder;

    LargeFile(Programs programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    void measure(Report report) throws IOException, InterruptedException {
        report.title("A file of 8 GiB to " + DESTINATIONS + " registries that hash and drop it");
        Path place = Files.createTempDirectory(folder, "large-file");
        try (LargeServers servers = LargeServers.start(1 << 20, DESTINATIONS)) {
            Files.createDirectories(place.resolve("staging"));
            // A file of nothing but zeros takes no room on disk.
            try (RandomAccessFile file =
                    new RandomAccessFile(place.resolve("staging/large").toFile(), "rw")) {
                file.setLength(BYTES);
            }
            Files.writeString(place.resolve("files.yaml"), "files:\n- name: large\n  sha256: %s\n".formatted(zeros()));
            StringBuilder stores =
                    new StringBuilder("filestores:\n- base: file://" + place + "/staging\n  src: true\n");
            servers.sinks()
                    .forEach(
                            sink -> stores.append("- base: oci://").append(sink).append("/p\n"));
            Files.writeString(place.resolve("filestores.yaml"), stores);
            Run run = Run.of(
                            List.of(
                                    programs.kpromo().toString(),
                                    "run",
                                    "files",
                                    "--filestores=" + place.resolve("filestores.yaml"),
                                    "--files=" + place.resolve("files.yaml"),
                                    "--confirm",
                                    "--sign=false"),
                            Map.of("KPROMO_JAVA_OPTS", "-Xmx128m", "DOCKER_CONFIG", place.toString()),
                            place)
                    .orThrow("kpromo");
            double seconds = run.wall().toMillis() / 1e3;
            report.line(String.format(
                    Locale.ROOT,
                    "kpromo   %6.1f s wall, %.0f MB/s to each, CPU %.1f s, peak %d MiB",
                    seconds,
                    BYTES / 1e6 / seconds,
                    run.cpu().toMillis() / 1e3,
                    run.peakResident() >> 20));
            report.keep("large-file", Map.of("wallSeconds", seconds, "peakResidentBytes", run.peakResident()));
            report.bound(
                    new Bound("resident with -Xmx128m", run.peakResident() / (double) (1 << 20), ALLOWED_MIB, "MiB"));
            hash(report, place.resolve("staging"));
        } finally {
            Folders.delete(place);
        }
    }

    /// The same file by both programs, one after the other.
    private void hash(Report report, Path staging) throws IOException, InterruptedException {
        double theirs =
                hashed(report, List.of("sha256sum", staging.resolve("large").toString()));
        double ours =
                hashed(report, List.of(programs.kpromo().toString(), "manifest", "files", "--src", staging.toString()));
        report.bound(new Bound("hashing beside sha256sum", ours / theirs, 1, "times"));
    }

    private double hashed(Report report, List<String> command) throws IOException, InterruptedException {
        String program = Path.of(command.getFirst()).getFileName().toString();
        double seconds =
                Run.of(command, Map.of(), folder).orThrow(program).wall().toMillis() / 1e3;
        report.line(String.format(
                Locale.ROOT, "%-9s hashes it in %.1f s, %.0f MB/s", program, seconds, BYTES / 1e6 / seconds));
        report.keep("large-file-hashed", Map.of("program", program, "wallSeconds", seconds));
        return seconds;
    }

    private static String zeros() {
        MessageDigest hash = Digest.Algorithm.SHA256.hasher();
        byte[] piece = new byte[1 << 20];
        for (long done = 0; done < BYTES; done += piece.length) {
            hash.update(piece);
        }
        return Digest.of(Digest.Algorithm.SHA256, hash).hex();
    }
}
