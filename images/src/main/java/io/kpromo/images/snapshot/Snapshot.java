// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.snapshot;

import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.images.plan.WantedRepository;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The images below one registry path: names, digests and tags, all sorted. Write it with a [SnapshotFormat].
///
/// One is made of manifests by [#of]; whoever reads a registry uses a [SnapshotBuilder].
public record Snapshot(List<Image> images) {
    public Snapshot {
        images = List.copyOf(images);
    }

    /// One repository.
    ///
    /// @param name below the registry path of the snapshot
    /// @param contents sorted by digest
    public record Image(String name, List<Content> contents) {
        public Image {
            contents = List.copyOf(contents);
        }
    }

    /// One digest.
    ///
    /// @param tags sorted; may be empty
    /// @param child whether an index of the same repository points to it
    public record Content(Digest digest, List<Tag> tags, boolean child) {
        public Content {
            tags = List.copyOf(tags);
        }
    }

    /// What the manifests want at or below a registry path, whole path components compared. Where a destination
    /// lies deeper than that path, the rest of its path stands before the image's name. A path that names one
    /// repository gives that one, under its last component.
    public static Snapshot of(DesiredState desired, RegistryName registry) {
        return new Snapshot(desired.within(registry).repositories().stream()
                .map(repository -> image(repository, registry))
                .toList());
    }

    private static Image image(WantedRepository repository, RegistryName registry) {
        String path = repository.destination().path();
        int skipped = registry.path().isEmpty() ? 0 : registry.path().length() + 1;
        String name = skipped <= path.length() ? path.substring(skipped) : path.substring(path.lastIndexOf('/') + 1);
        return new Image(
                name,
                repository.contents().stream()
                        .map(content -> new Content(content.digest(), content.tags(), false))
                        .toList());
    }

    /// Without digests that have no tag and are a child of an index (`--minimal-snapshot`).
    public Snapshot minimal() {
        return filtered(contents ->
                contents.filter(content -> !content.child() || !content.tags().isEmpty()));
    }

    /// Only digests that carry this tag, and of their tags only this one (`--snapshot-tag`).
    public Snapshot tagged(Tag tag) {
        return filtered(contents -> contents.filter(content -> content.tags().contains(tag))
                .map(content -> new Content(content.digest(), List.of(tag), content.child())));
    }

    private Snapshot filtered(UnaryOperator<Stream<Content>> filter) {
        return new Snapshot(images.stream()
                .map(image -> new Image(
                        image.name(), filter.apply(image.contents().stream()).toList()))
                .filter(image -> !image.contents().isEmpty())
                .toList());
    }
}
