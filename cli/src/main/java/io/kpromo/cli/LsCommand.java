// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.kpromo.cli.terminal.Text;
import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.TagOrder;
import io.kpromo.oci.client.RepositoryTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `kpromo ls` and `kpromo list-tags`: the tags of a repository, newest last.
final class LsCommand implements Command {
    private final Root root;
    private final String name;
    private final Access access;
    private String repository = "";
    private String filter = "";
    private boolean digests;
    private boolean json;

    LsCommand(Root root, String name) {
        this.root = root;
        this.name = name;
        this.access = new Access(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        name,
                        "List the tags of a repository, newest version last.",
                        "kpromo " + name + " registry.k8s.io/pause",
                        "kpromo " + name + " registry.k8s.io/pause --digests --filter '^3\\.'",
                        "kpromo " + name + " registry.k8s.io/pause --json")
                .words("REPOSITORY", "1", String.class, "host/path of the repository.", r -> repository = r)
                .toggle("--digests", false, "Print the digest that each tag points to.", on -> digests = on)
                .text("--filter", "RE2", "Only tags in which this expression is found.", f -> filter = f)
                .toggle("--json", false, "Print JSON, in the form of skopeo list-tags.", on -> json = on);
        access.describe(flags);
    }

    @Override
    public ExitCode call() throws InterruptedException {
        Repository from = parsed();
        Pattern wanted = pattern();
        try (Session session = access.open()) {
            RepositoryTags tags = new RepositoryTags(session.registries(), from);
            List<String> names = tags
                    .names()
                    .orElseThrow(() -> new OciException(
                            "no repository " + from + "; is its name right, and may this" + " account read it?"))
                    .stream()
                    .filter(tag -> wanted.matcher(tag).find())
                    .sorted(new TagOrder())
                    .toList();
            Map<String, Digest> found = digests ? new TreeMap<>(tags.digests(names)) : Map.of();
            root.console().out().print(json ? json(from, names, found) : text(names, found));
        }
        return ExitCode.DONE;
    }

    private Repository parsed() {
        try {
            return Repository.parse(repository);
        } catch (InvalidNameException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private Pattern pattern() {
        try {
            return Pattern.compile(filter);
        } catch (PatternSyntaxException e) {
            throw new UsageException("--filter: " + e.getMessage(), e);
        }
    }

    private static String text(List<String> names, Map<String, Digest> found) {
        StringBuilder lines = new StringBuilder();
        for (String tag : names) {
            lines.append(tag);
            Optional.ofNullable(found.get(tag))
                    .ifPresent(digest -> lines.append('\t').append(digest));
            lines.append('\n');
        }
        return lines.toString();
    }

    private String json(Repository from, List<String> names, Map<String, Digest> found) {
        String tags = names.stream().map(tag -> "    " + Text.quoted(tag)).collect(Collectors.joining(",\n"));
        List<String> lines = new ArrayList<>();
        for (String tag : names) {
            Optional.ofNullable(found.get(tag))
                    .ifPresent(digest -> lines.add("    " + Text.quoted(tag) + ": " + Text.quoted(digest.toString())));
        }
        String more = digests ? ",\n  \"Digests\": {\n" + String.join(",\n", lines) + "\n  }" : "";
        return "{\n  \"Repository\": " + Text.quoted(from.toString()) + ",\n  \"Tags\": [\n" + tags + "\n  ]" + more
                + "\n}\n";
    }
}
