// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.ReportHtml;
import io.kpromo.cli.report.ReportJson;
import io.kpromo.cli.report.ReportModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The flags for reports, and the report of a run as these want it: written once, in the end or when the run is told
/// to stop.
final class ReportFlags {
    private final Root root;
    private final ReentrantLock writing = new ReentrantLock();
    private boolean written;
    private Optional<Path> html = Optional.empty();
    private Optional<Path> json = Optional.empty();

    ReportFlags(Root root) {
        this.root = root;
    }

    void describe(Flags flags) {
        flags.file("--report", "FILE", "Write a report for people, as one HTML file.", file -> html = Optional.of(file))
                .file(
                        "--report-json",
                        "FILE",
                        "Write a report for programs, as JSON.",
                        file -> json = Optional.of(file));
    }

    /// The file for programs.
    Optional<Path> json() {
        return json;
    }

    /// Where a report can't be written that is known before the work, not after it.
    ///
    /// @throws UsageException where there is no such folder
    void check() {
        html.ifPresent(file -> check("--report", file));
        json.ifPresent(file -> check("--report-json", file));
        if (html.isPresent() && html.map(ReportFlags::whole).equals(json.map(ReportFlags::whole))) {
            throw new UsageException("--report and --report-json name one file: " + html.get() + "; name two");
        }
    }

    private static Path whole(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private static void check(String flag, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new UsageException(flag + ": " + file + " is a folder; name a file in it");
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException(flag + ": there is no folder " + folder + "; make it first");
        }
    }

    /// Writes the report, where one is wanted and none was written yet.
    void write(Supplier<ReportModel> report) throws IOException {
        writing.lock();
        try {
            if (written || (html.isEmpty() && json.isEmpty())) {
                return;
            }
            written = true;
            ReportModel model = report.get();
            List<String> failures = new ArrayList<>();
            json.ifPresent(file -> write(file, ReportJson.text(model) + "\n", failures));
            html.ifPresent(file -> write(file, ReportHtml.text(model), failures));
            if (!failures.isEmpty()) {
                throw new IOException(String.join("; ", failures));
            }
            html.ifPresent(file -> root.log().info("report: " + file));
        } finally {
            writing.unlock();
        }
    }

    /// One that can't be written leaves the other its chance.
    private static void write(Path file, String text, List<String> failures) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            failures.add(
                    "cannot write the report " + file + ": " + Advice.lines(e).getLast());
        }
    }

    /// What a run does. It writes its report itself where it comes to its end.
    interface Work {
        ExitCode run() throws InterruptedException, IOException;
    }

    /// Runs something whose report is written also when it is told to stop, and even when the process has to end
    /// before everything is in order.
    ///
    /// @param soFar the report of what was done until now
    ExitCode orHalted(Supplier<ReportModel> soFar, Work work) throws InterruptedException, IOException {
        root.interrupt().lastly(() -> writeHalted(soFar));
        try {
            return work.run();
        } catch (InterruptedException stopped) {
            writeHalted(soFar);
            throw stopped;
        }
    }

    /// That it can't be written is told, and stops nothing.
    private void writeHalted(Supplier<ReportModel> report) {
        try {
            write(report);
        } catch (IOException e) {
            root.log().error(String.valueOf(e.getMessage()));
        }
    }
}
