// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.yaml.Problem;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `kpromo manifest validate`: whether manifests are right, with every error at its place.
final class ManifestValidateCommand implements Command {
    private final Root root;
    private final List<Path> paths = new ArrayList<>();
    private ResultFormat format = ResultFormat.TEXT;

    ManifestValidateCommand(Root root) {
        this.root = root;
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "validate",
                        "Check manifests without any network. Of images: a plain manifest, or the folder of a thin tree."
                                + " Of files: the folder of a tree, or a file with filestores and a file or folder with"
                                + " files. Which it is shows in its shape.",
                        "kpromo manifest validate promoter-manifest.yaml",
                        "kpromo manifest validate filestores.yaml files.yaml",
                        "kpromo manifest validate . --output json")
                .words("PATH", "1", Path.class, "What to check.", paths::add)
                .words("FILES", "0..1", Path.class, "The files, where PATH holds filestores.", paths::add)
                .choice("--output", ResultFormat.TEXT, "Format of the result:", f -> format = f);
    }

    @Override
    public ExitCode call() throws InterruptedException {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new UsageException("no such file or folder: " + path);
            }
        }
        Checked found = Checked.of(paths);
        PrintStream out = root.console().out();
        if (format == ResultFormat.JSON) {
            out.print(json(found));
        } else {
            found.warnings().forEach(problem -> root.log().warn(problem.toString()));
            found.errors().forEach(problem -> root.log().error(problem.toString()));
            if (found.isValid()) {
                out.println("valid: " + Text.count(found.manifests(), "manifest") + ", "
                        + Text.count(found.contents(), found.noun()) + ", " + Text.count(found.edges(), "edge"));
            }
        }
        return found.isValid() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String json(Checked found) {
        return "{\n  \"valid\": " + found.isValid() + ",\n  \"manifests\": " + found.manifests() + ",\n  \""
                + found.noun() + "s\": " + found.contents() + ",\n  \"edges\": " + found.edges()
                + ",\n  \"errors\": " + json(found.errors()) + ",\n  \"warnings\": " + json(found.warnings())
                + "\n}\n";
    }

    private static String json(List<Problem> problems) {
        return problems.stream()
                .map(p -> "{\"file\": " + Text.quoted(p.place().file()) + ", \"line\": "
                        + p.place().line() + ", \"column\": " + p.place().column() + ", \"message\": "
                        + Text.quoted(p.text()) + "}")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
