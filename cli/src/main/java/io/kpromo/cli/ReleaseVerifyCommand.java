// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.release.dependencies.Dependencies;
import io.kpromo.release.dependencies.Mismatch;
import io.kpromo.release.dependencies.Verification;
import io.kpromo.release.dependencies.WorkingTree;
import java.util.List;
import java.util.stream.Collectors;

/// `kpromo release verify-dependencies`: whether versions are the same everywhere.
final class ReleaseVerifyCommand implements Command {
    private final Root root;
    private final ReleaseTree where = new ReleaseTree();
    private boolean strict;
    private ResultFormat format = ResultFormat.TEXT;

    ReleaseVerifyCommand(Root root) {
        this.root = root;
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                "verify-dependencies",
                "List every place that does not hold the version that dependencies.yaml gives (zeitgeist's format).",
                "kpromo release verify-dependencies",
                "kpromo release verify-dependencies --config build/dependencies.yaml --strict");
        where.describe(flags);
        flags.toggle(
                        "--strict",
                        false,
                        "Every matching line must hold the version, not just one of each file.",
                        on -> strict = on)
                .choice("--output", ResultFormat.TEXT, "Format of the result:", f -> format = f);
    }

    @Override
    public ExitCode call() {
        WorkingTree tree = where.tree();
        Dependencies dependencies = Dependencies.of(where.file(), tree);
        List<Mismatch> off = Verification.of(dependencies, tree, strict);
        if (format == ResultFormat.JSON) {
            root.console().out().print(json(off));
        } else {
            off.forEach(root.console().out()::println);
        }
        String all = Text.count(dependencies.all().size(), "dependency").replace("dependencys", "dependencies");
        if (off.isEmpty()) {
            root.log().info(all + " checked, all places hold their versions");
            return ExitCode.DONE;
        }
        root.log()
                .error(Text.count(off.size(), "place") + " of " + all
                        + " off; mend them, or write all anew with kpromo release bump NAME VERSION --confirm");
        return ExitCode.FAILED;
    }

    private static String json(List<Mismatch> off) {
        return off.stream()
                .map(place -> "  {\"file\": " + Text.quoted(place.place().file()) + ", \"line\": "
                        + place.place().line() + ", \"dependency\": " + Text.quoted(place.dependency())
                        + ", \"found\": " + Text.quoted(place.found()) + ", \"wanted\": " + Text.quoted(place.wanted())
                        + "}")
                .collect(Collectors.joining(",\n", off.isEmpty() ? "[" : "[\n", off.isEmpty() ? "]\n" : "\n]\n"));
    }
}
