// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.release.dependencies.Dependencies;
import io.kpromo.release.dependencies.Mismatch;
import io.kpromo.release.dependencies.Outlook;
import io.kpromo.release.dependencies.Verification;
import io.kpromo.release.dependencies.WorkingTree;
import java.util.List;

/// `kpromo release verify-dependencies`: whether versions are the same everywhere.
final class ReleaseVerifyCommand implements Command {
    private final Root root;
    private final ReleaseTree where = new ReleaseTree();
    private final Access access;
    private boolean strict;
    private boolean remote;
    private ResultFormat format = ResultFormat.TEXT;

    ReleaseVerifyCommand(Root root) {
        this.root = root;
        this.access = new Access(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                "verify-dependencies",
                "List every place that does not hold the version that dependencies.yaml gives (zeitgeist's format).",
                "kpromo release verify-dependencies",
                "kpromo release verify-dependencies --config build/dependencies.yaml --strict",
                "kpromo release verify-dependencies --remote        what others have released since");
        where.describe(flags);
        flags.toggle(
                        "--strict",
                        false,
                        "Every matching line must hold the version, not just one of each file.",
                        on -> strict = on)
                .toggle("--remote", false, "Ask upstreams for newer versions, too.", on -> remote = on)
                .choice("--output", ResultFormat.TEXT, "Format of the result:", f -> format = f);
        access.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException {
        WorkingTree tree = where.tree();
        Dependencies dependencies = Dependencies.of(where.file(), tree);
        List<Mismatch> off = Verification.of(dependencies, tree, strict);
        List<Outlook> outlooks = List.of();
        if (remote) {
            root.interrupt().watch();
            outlooks = new RemoteVersions(root, access).look(dependencies);
        }
        VersionsText text = new VersionsText(off, outlooks);
        root.console().out().print(format == ResultFormat.JSON ? text.json() : text.lines());
        text.unknown().forEach(root.log()::error);
        String all = dependencies.all().size() == 1
                ? "1 dependency"
                : Text.count(dependencies.all().size()) + " dependencies";
        if (off.isEmpty()) {
            root.log().info(all + " checked, all places hold their versions");
        } else {
            root.log()
                    .error(Text.count(off.size(), "place") + " of " + all
                            + " off; mend them, or write all anew with kpromo release bump NAME VERSION --confirm");
        }
        return off.isEmpty() && text.unknown().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
