// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.Forge;
import io.kpromo.forge.Issue;
import io.kpromo.forge.Issues;
import io.kpromo.forge.NewIssue;
import io.kpromo.release.config.SourcePath;
import io.kpromo.release.text.Template;
import io.kpromo.release.version.Version;
import io.kpromo.yaml.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Opens the tracking issue, or finds it.
final class TrackStep implements Step {
    /// What is known when the issue is opened.
    private static final List<String> KNOWN = List.of("version", "number", "repository", "name", "previous");

    private final ThisRelease release;
    private final Forge forge;

    TrackStep(ThisRelease release, Forge forge) {
        this.release = release;
        this.forge = forge;
    }

    @Override
    public String id() {
        return "track";
    }

    @Override
    public String title() {
        return "Tracking issue";
    }

    @Override
    public List<String> boxes() {
        return List.of("Tracking", "Tracking issue");
    }

    @Override
    public Standing look() throws InterruptedException {
        Optional<Issue> issue = tracker().find();
        if (issue.isPresent()) {
            return new Standing.Done(
                    "issue #" + issue.get().number() + (issue.get().open() ? "" : " (closed)"),
                    issue.get().web());
        }
        NewIssue wanted = wanted();
        String labels = wanted.labels().isEmpty() ? "" : ", labelled " + String.join(", ", wanted.labels());
        String assignees = wanted.assignees().isEmpty() ? "" : ", assigned to " + String.join(", ", wanted.assignees());
        return new Standing.Ready(List.of("open the issue \"" + wanted.title() + "\" in "
                + release.config().tracking().repository() + labels + assignees));
    }

    @Override
    public Standing perform() throws InterruptedException {
        if (look() instanceof Standing.Ready) {
            issues().create(wanted());
        }
        return look();
    }

    private NewIssue wanted() throws InterruptedException {
        TrackingTemplate template = template();
        Map<String, String> values = new HashMap<>();
        Optional<String> previous = previous();
        values.put("previous", previous.orElse("none"));
        String body = release.markdown(new Template(template.body()), values);
        boolean linked = template.body().contains("previous");
        String link = linked
                ? ""
                : previous.map(line -> "\nPrevious release: " + line + "\n").orElse("");
        return new NewIssue(release.title(), body + link, template.labels(), template.assignees());
    }

    private TrackingTemplate template() {
        Optional<SourcePath> path = release.config().tracking().template();
        if (path.isEmpty()) {
            return TrackingTemplate.standard(release.config());
        }
        try {
            String text = Files.readString(path.get().in(release.root()));
            Problems problems = new Problems();
            Template.of(text, path.get().text(), KNOWN, problems);
            problems.throwIfAny();
            return TrackingTemplate.read(text, path.get().text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The version before, and where there is one its issue.
    private Optional<String> previous() throws InterruptedException {
        Optional<Version> last = new PreviousVersion(release, forge).find();
        if (last.isEmpty()) {
            return Optional.empty();
        }
        List<Issue> before = issues().titled(release.title(last.get()));
        return Optional.of(
                before.isEmpty()
                        ? last.get().toString()
                        : "[" + last.get() + "](" + before.getLast().web() + ")");
    }

    private Tracker tracker() {
        return new Tracker(issues(), release.title());
    }

    private Issues issues() {
        return forge.issues(release.config().tracking().repository());
    }
}
