// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.SourceFile;
import io.kpromo.oci.Tag;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An `images.yaml` and what is to become of it.
///
/// @param base the commit that it was read from
/// @param path of the file
/// @param before its text; empty where there is no such file yet
/// @param grown what it shall hold
/// @param changes whether that is more than it holds
record Growth(CommitId base, String path, String before, ImageList grown, boolean changes) {
    private static final int NEAREST = 5;

    SourceFile file() {
        return SourceFile.of(path, grown.text());
    }

    /// Reads the manifests and what staging holds, and puts the two together.
    ///
    /// @throws PromotionException when staging has nothing of what is asked for, or no project takes from there
    /// @throws RefusedPromotionException when a tag would move
    static Growth of(PromotionRequest request, ManifestHome home, Desk desk, Staging staging, PromotionLog log)
            throws InterruptedException {
        CommitId base = desk.base();
        ThinProject project = project(request, home, desk, base);
        String path = home.below(project.imagesFile());
        Optional<SourceFile> file = desk.file(base, path);
        ImageList before =
                file.map(found -> ImageList.read(found.bytes(), path)).orElse(ImageList.empty());
        Staging.Found found = staging.read(request, before.images().keySet());
        if (found.tags().isEmpty()) {
            throw nothing(request, staging.nearest(request, found.looked(), NEAREST));
        }
        request.tags().stream()
                .filter(tag -> found.tags().stream().noneMatch(one -> one.tag().equals(tag)))
                .forEach(tag -> log.warning("no image in " + request.staging() + " carries " + tag));
        List<TagMove> moves = before.moves(found.tags());
        if (!moves.isEmpty()) {
            throw new RefusedPromotionException(
                    path + ": " + moves.stream().map(TagMove::toString).collect(Collectors.joining("; "))
                            + "; a tag stays where it was promoted: give the new image a tag of its own");
        }
        ImageList grown = before.with(found.tags());
        boolean changes = !grown.says(before);
        if (changes && before.remarks()) {
            log.warning(path + " has comments below its first entry, which are not kept");
        }
        return new Growth(base, path, file.map(SourceFile::text).orElse(""), grown, changes);
    }

    private static ThinProject project(PromotionRequest request, ManifestHome home, Desk desk, CommitId base)
            throws InterruptedException {
        String folder = home.below(ThinProject.MANIFESTS);
        List<SourceFile> manifests = desk.files(base, folder, ThinProject.MANIFEST);
        ThinProject.Found found = ThinProject.of(request.staging(), manifests);
        if (manifests.isEmpty()) {
            throw new PromotionException("there are no manifests in " + home.repository() + " below " + folder + " ("
                    + home.base() + "); name the folder above it with --manifest-dir");
        }
        return found.project().orElseThrow(() -> {
            String broken =
                    found.unreadable().isEmpty() ? "" : "; not readable: " + String.join(", ", found.unreadable());
            return new PromotionException("no manifest in " + home.repository() + " " + folder + " has the source "
                    + request.staging() + " (of " + manifests.size() + " there)" + broken
                    + "; add one, or name the registry with --staging-repo");
        });
    }

    private static PromotionException nothing(PromotionRequest request, List<String> nearest) {
        String tags = request.tags().stream().map(Tag::text).collect(Collectors.joining(" or "));
        String filters = (request.images().isEmpty() ? "" : ", of the images named")
                + (request.digests().isEmpty() ? "" : ", of the digests named");
        String there = nearest.isEmpty() ? "it holds no tags" : "the nearest there: " + String.join(", ", nearest);
        return new PromotionException("no image in " + request.staging() + " carries " + tags + filters + "; " + there);
    }
}
