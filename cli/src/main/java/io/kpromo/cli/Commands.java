// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The list of all commands, and the parser for them.
///
/// A parser costs start-up time for each command it knows, so one is built for the command that was named; only
/// help and completion need them all.
final class Commands {
    /// @param make builds it; its options are fields, so each run needs a new one
    record Entry(String name, Function<Root, Command> make) {
        void addTo(CommandLine line, Root root) {
            line.addSubcommand(name, parser(make.apply(root), root));
        }
    }

    /// In the order that help shows them. Lambdas, because a reference to a constructor would load its class at
    /// once.
    private static final List<Entry> ALL = List.of(
            new Entry("cip", root -> new CipCommand(root)),
            new Entry("run", Commands::run),
            new Entry("ls", root -> new LsCommand(root, "ls")),
            new Entry("list-tags", root -> new LsCommand(root, "list-tags")),
            new Entry("diff", root -> new DiffCommand(root)),
            new Entry("audit", root -> new AuditCommand(root)),
            new Entry("verify", root -> new VerifyCommand(root)),
            new Entry("attestations", root -> new AttestationsCommand(root)),
            new Entry("sigcheck", root -> new SigcheckCommand(root)),
            new Entry("gh", root -> new GhCommand(root)),
            new Entry("pr", root -> new PrCommand(root)),
            new Entry("release", Commands::release),
            new Entry("manifest", Commands::manifest),
            new Entry("keys", Commands::keys),
            new Entry("registry", Commands::registry),
            new Entry("quickstart", root -> new QuickstartCommand(root)),
            new Entry("version", root -> new VersionCommand(root)),
            new Entry("completion", root -> new CompletionCommand(root)),
            new Entry("help", root -> new HelpCommand(root)));

    private Commands() {}

    private static Command run(Root root) {
        return new Group(
                root,
                "run",
                "Promote files.",
                "kpromo run files --filestores filestores.yaml --files files.yaml",
                List.of(new Entry("files", r -> new RunFilesCommand(r))));
    }

    private static Command manifest(Root root) {
        return new Group(
                root,
                "manifest",
                "Work with manifests.",
                "kpromo manifest validate promoter-manifest.yaml",
                List.of(
                        new Entry("validate", r -> new ManifestValidateCommand(r)),
                        new Entry("files", r -> new ManifestFilesCommand(r))));
    }

    private static Command release(Root root) {
        return new Group(
                root, "release", "Make a release, step by step.", "kpromo release show v1.2.3", ReleaseCommands.all());
    }

    private static Command keys(Root root) {
        return new Group(
                root,
                "keys",
                "Make and show keys to sign with.",
                "kpromo keys generate",
                List.of(
                        new Entry("generate", r -> new KeysGenerateCommand(r)),
                        new Entry("public", r -> new KeysPublicCommand(r))));
    }

    private static Command registry(Root root) {
        return new Group(
                root,
                "registry",
                "Run a registry.",
                "kpromo registry serve --dir ./registry",
                List.of(new Entry("serve", r -> new RegistryServeCommand(r))));
    }

    /// A parser for one command and those below it.
    static CommandLine parser(Command command, Root root) {
        CommandSpec spec = Flags.of(command);
        root.everywhere(new Flags(spec));
        return new CommandLine(spec, Flags.COLLECTIONS);
    }

    static List<String> names() {
        return ALL.stream().map(Entry::name).toList();
    }

    /// A parser for these words; one that knows all commands where none is named.
    static CommandLine line(Root root, List<String> words) {
        List<String> names = names();
        int named = words.stream()
                .mapToInt(names::indexOf)
                .filter(i -> i >= 0)
                .findFirst()
                .orElse(-1);
        if (named < 0) {
            return all(root);
        }
        CommandLine line = new CommandLine(Flags.of(root), Flags.COLLECTIONS);
        ALL.get(named).addTo(line, root);
        return settled(line);
    }

    /// A parser that knows every command.
    static CommandLine all(Root root) {
        CommandLine line = new CommandLine(Flags.of(root), Flags.COLLECTIONS);
        ALL.forEach(entry -> entry.addTo(line, root));
        return settled(line);
    }

    /// Flags as Go's users write them: the last one of two wins, `@` and quotes mean nothing. Settings reach only
    /// the commands that are there already, so they come last.
    private static CommandLine settled(CommandLine line) {
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setUsageHelpWidth(100);
    }
}
