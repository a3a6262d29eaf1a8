// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.RefName;
import io.kpromo.release.config.ReleaseConfig;
import io.kpromo.release.text.Markdown;
import io.kpromo.release.text.Template;
import io.kpromo.release.version.Version;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The release that is being made.
///
/// @param root of the work tree, where `release.yaml` is
public record ThisRelease(ReleaseConfig config, Version version, Path root) {

    /// The tag in git.
    RefName tag() {
        return new RefName(version.toString());
    }

    /// Of the tracking issue.
    String title() {
        return title(version);
    }

    /// Of the tracking issue of another version.
    String title(Version other) {
        return oneLine(config.tracking().title().plain(names(other)));
    }

    /// A title: one line, whatever values are.
    String title(Template template) {
        return oneLine(template.plain(names(version)));
    }

    /// A text in Markdown. Values that are Markdown already are `more`, the others are made harmless.
    String markdown(Template template, Map<String, String> more) {
        Map<String, String> values = new HashMap<>();
        names(version).forEach((name, value) -> values.put(name, Markdown.escaped(value)));
        values.putAll(more);
        return template.fill(values, UnaryOperator.identity());
    }

    /// What templates know by name anywhere.
    Map<String, String> names() {
        return names(version);
    }

    private Map<String, String> names(Version of) {
        return Map.of(
                "version",
                of.toString(),
                "number",
                of.bare(),
                "repository",
                config.repository().toString(),
                "name",
                config.repository().name());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").strip();
    }
}
