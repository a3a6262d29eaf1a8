// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.release.config.ReleaseConfig;
import io.kpromo.release.config.SourcePath;
import io.kpromo.release.config.VersionReferences;
import io.kpromo.release.dependencies.Bump;
import io.kpromo.release.dependencies.Dependencies;
import io.kpromo.release.dependencies.ReleaseVersions;
import io.kpromo.release.dependencies.WorkingTree;
import io.kpromo.release.version.ImageTag;
import io.kpromo.release.version.Version;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `kpromo release bump`: a version, changed everywhere.
final class ReleaseBumpCommand implements Command {
    private final Root root;
    private final ReleaseTree where = new ReleaseTree();
    private final List<String> words = new ArrayList<>();
    private int revision;
    private boolean confirm;

    ReleaseBumpCommand(Root root) {
        this.root = root;
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "bump",
                        "Change a version everywhere it is written down, or nowhere. With a version alone: that of the"
                                + " release, in the places that release.yaml names.",
                        "kpromo release bump v1.2.3                    show what would change",
                        "kpromo release bump v1.2.3 --confirm          change it",
                        "kpromo release bump golang 1.25.1 --confirm   a dependency")
                .words("NAME|VERSION", "1", String.class, "The dependency, or the version of the release.", words::add)
                .words("VERSION", "0..1", String.class, "The version of the dependency.", words::add)
                .toggle("--confirm", false, "Change files. Without it, say what would change.", on -> confirm = on)
                .number("--revision", "N", 0, "Of the image of the release, as in v1.2.3-N.", n -> revision = n);
        where.describe(flags);
    }

    @Override
    public ExitCode call() {
        WorkingTree tree = where.tree();
        SourcePath file = where.file();
        Bump bump = Bump.of(file, tree, versions(file, tree));
        show(bump);
        bump.off().forEach(place -> root.log().warn("off then: " + place));
        String count = Text.count(bump.changes().size(), "line");
        if (bump.changes().isEmpty()) {
            root.log().info("nothing to change: the version is everywhere already");
        } else if (confirm) {
            bump.write();
            root.log().info("changed " + count);
        } else {
            root.log().info("would change " + count + "; --confirm does it");
        }
        return ExitCode.DONE;
    }

    private void show(Bump bump) {
        PrintStream out = root.console().out();
        bump.changes().forEach(change -> {
            out.println(change.place());
            out.println("- " + Text.oneLine(change.before()));
            out.println("+ " + Text.oneLine(change.after()));
        });
    }

    private Map<String, String> versions(SourcePath file, WorkingTree tree) {
        if (words.size() == 2) {
            return Map.of(words.getFirst(), words.getLast());
        }
        Optional<ReleaseConfig> config = where.config();
        VersionReferences references = config.flatMap(ReleaseConfig::versions)
                .orElseThrow(() -> new UsageException((config.isPresent()
                                ? "release.yaml names no versions to change; add versions: …"
                                : "there is no release.yaml that would name what to change; kpromo release init"
                                        + " writes one")
                        + ", or write the name of a dependency before the version"));
        return ReleaseVersions.of(references, image(), Dependencies.of(file, tree));
    }

    private ImageTag image() {
        try {
            return new ImageTag(Version.of(words.getFirst()), revision);
        } catch (InvalidNameException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
