// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.forge.Slug;
import io.kpromo.release.text.Template;
import java.util.List;
import java.util.Optional;

/// Reads where versions are written down and where a release is tracked.
record TrackingReader(Values values) {
    private static final Template TITLE = new Template("Release {{repository}}@{{version}}");

    /// What is written of the issue; the rest follows from the repository.
    record Written(Optional<Slug> repository, Optional<Template> title, Optional<SourcePath> template) {
        static Written nothing() {
            return new Written(Optional.empty(), Optional.empty(), Optional.empty());
        }

        Tracking of(Slug released) {
            return new Tracking(repository.orElse(released), title.orElse(TITLE), template);
        }
    }

    Optional<Written> tracking() {
        Section section = new Section(values, "tracking");
        Field<Slug> repository = section.value("repository", Slug::of);
        Field<Template> title = section.template("title", Names.TITLE);
        Field<SourcePath> template = section.value("template", SourcePath::of);
        return section.read()
                ? Optional.of(new Written(repository.maybe(), title.maybe(), template.maybe()))
                : Optional.empty();
    }

    Optional<VersionReferences> versions() {
        Section section = new Section(values, "versions");
        Field<SourcePath> file = section.value("file", SourcePath::of);
        Field<List<VersionReferences.Entry>> entries =
                section.key("entries", key -> values.sections(key, this::entry)).required();
        return section.read()
                ? Optional.of(new VersionReferences(file.or(new SourcePath("dependencies.yaml")), entries.get()))
                : Optional.empty();
    }

    private Optional<VersionReferences.Entry> entry() {
        Section section = new Section(values, "a version reference");
        Field<String> name = section.text("name").required();
        Field<Template> version = section.template("version", Names.REFERENCE);
        return section.read()
                ? Optional.of(new VersionReferences.Entry(name.get(), version.maybe()))
                : Optional.empty();
    }
}
