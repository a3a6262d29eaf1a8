// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.Forge;
import io.kpromo.forge.Issue;
import io.kpromo.forge.Release;
import io.kpromo.forge.RepositoryFacts;
import io.kpromo.release.config.Names;
import io.kpromo.release.config.SourcePath;
import io.kpromo.release.text.Markdown;
import io.kpromo.release.text.Template;
import io.kpromo.release.version.ImageTag;
import io.kpromo.yaml.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an announcement says, from a template.
final class AnnouncementText {
    private static final Template STANDARD = new Template("""
        {{name}} {{version}} is released: {{release}}

        {{notes}}
        """);
    /// Markdown already, or addresses.
    private static final Set<String> AS_THEY_ARE = Set.of("notes", "release", "tracking", "compare");

    private final ThisRelease release;
    private final Forge forge;
    private final StagedImages images;
    private final PreviousVersion previous;

    AnnouncementText(ThisRelease release, Forge forge, StagedImages images) {
        this.release = release;
        this.forge = forge;
        this.images = images;
        this.previous = new PreviousVersion(release, forge);
    }

    /// For pages: what are no addresses and no notes is made harmless.
    String markdown() throws InterruptedException {
        Map<String, String> values = values();
        values.replaceAll((name, value) -> AS_THEY_ARE.contains(name) ? value : Markdown.escaped(value));
        return template().plain(values);
    }

    /// For places that show text as it is.
    String plain() throws InterruptedException {
        return template().plain(values());
    }

    private Template template() {
        Optional<SourcePath> path = release.config().announcement().template();
        if (path.isEmpty()) {
            return STANDARD;
        }
        try {
            Problems problems = new Problems();
            String text = Files.readString(path.get().in(release.root()));
            Template template = Template.of(text, path.get().text(), Names.TEXT, problems);
            problems.throwIfAny();
            return template;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> values() throws InterruptedException {
        Map<String, String> values = new HashMap<>(release.names());
        Optional<Release> page = forge.releases(release.config().repository()).of(release.tag());
        Optional<Issue> issue =
                new Tracker(forge.issues(release.config().tracking().repository()), release.title()).find();
        Optional<String> before = previous.find().map(Object::toString);
        String web = forge.sources(release.config().repository())
                .facts()
                .map(RepositoryFacts::web)
                .map(Object::toString)
                .orElse("");
        values.put("release", page.map(there -> there.web().toString()).orElse(""));
        values.put("notes", page.map(Release::body).orElse(""));
        values.put("tracking", issue.map(there -> there.web().toString()).orElse(""));
        values.put("previous", before.orElse(""));
        values.put(
                "compare",
                before.map(from -> web + "/compare/" + from + "..." + release.tag())
                        .orElse(web));
        values.put(
                "imageTag",
                images.images().isEmpty()
                        ? ""
                        : images.newest().map(ImageTag::toString).orElse(""));
        return values;
    }
}
