// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.forge.Forge;
import io.kpromo.forge.Slug;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.release.config.ReleaseConfig;
import io.kpromo.release.notes.Notes;
import io.kpromo.release.notes.NotesRange;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// `kpromo release notes`: what changed, out of merged pull requests.
final class ReleaseNotesCommand implements Command {
    enum Format {
        MARKDOWN,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Root root;
    private final Access access;
    private final ReleaseTree where = new ReleaseTree();
    private String repository = "";
    private String forge = "";
    private String from = "";
    private String to = "HEAD";
    private Format format = Format.MARKDOWN;

    ReleaseNotesCommand(Root root) {
        this.root = root;
        this.access = new Access(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "notes",
                        "Print the release notes: blocks release-note of merged pull requests, by kind, with their"
                                + " authors, changes of dependencies and contributors.",
                        "kpromo release notes --from v3.4.3 --to HEAD",
                        "kpromo release notes --repo kubernetes-sigs/promo-tools --from v4.0.0 --to v4.0.1 --output"
                                + " json")
                .text("--from", "REF", "A tag, branch or commit. Default: the last version before --to.", f -> from = f)
                .text("--to", "REF", "Likewise. Default: HEAD, the branch that releases are made of.", t -> to = t)
                .text("--repo", "OWNER/NAME", "The repository. Default: what release.yaml says.", r -> repository = r)
                .text(
                        "--forge",
                        "ADDRESS",
                        "Where it is: gitlab, https://HOST, or gitea=https://HOST. Default: what release.yaml says, or"
                                + " github.",
                        f -> forge = f)
                .choice("--output", Format.MARKDOWN, "Format of the result:", f -> format = f);
        where.describeBase(flags);
        access.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException {
        Optional<ReleaseConfig> config = repository.isEmpty() ? where.config() : Optional.empty();
        Slug slug = slug(config);
        root.interrupt().watch();
        try (Session session = access.open();
                Forge opened = new Forges(root, session)
                        .open(
                                forge,
                                config.flatMap(ReleaseConfig::forge)
                                        .map(Object::toString)
                                        .orElse(""))) {
            NotesRange range = NotesRange.of(opened.sources(slug), from, to, config.map(ReleaseConfig::branch));
            Notes notes =
                    Notes.of(range.from(), range.to(), opened.pullRequests(slug).merged(range.from(), range.to()));
            root.console().out().print(format == Format.JSON ? notes.json() : notes.markdown());
            if (!notes.silent().isEmpty()) {
                root.log()
                        .warn(Text.count(notes.silent().size(), "pull request") + " without a release-note block: "
                                + notes.silent().stream()
                                        .map(number -> "#" + number)
                                        .collect(Collectors.joining(", ")));
            }
        }
        return ExitCode.DONE;
    }

    private Slug slug(Optional<ReleaseConfig> config) {
        if (!repository.isEmpty()) {
            try {
                return Slug.of(repository);
            } catch (InvalidNameException e) {
                throw new UsageException("--repo: " + e.getMessage(), e);
            }
        }
        return config.map(ReleaseConfig::repository)
                .orElseThrow(() -> new UsageException("--repo is missing, and there is no release.yaml here"));
    }
}
