// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Tag;
import io.kpromo.release.text.Words;
import java.util.List;
import java.util.Set;

/// What shall be promoted, and who asks for it.
///
/// @param fork where the branch goes; may be the target itself
/// @param project for titles and for the branch's name
/// @param staging the registry that the images are in
/// @param tags one or more; the first names the branch
/// @param images names below staging that are meant; all where there are none
/// @param digests that are meant; all where there are none
/// @param reviewers as the pull request shall name them, on one line
/// @param note Markdown that is added to its text; may be empty
/// @param again whether a branch that is there may be replaced, and its pull request updated
/// @param fromFork whether to begin at the fork's base branch as it is, rather than at the target's
public record PromotionRequest(
        Slug fork,
        String project,
        RegistryName staging,
        List<Tag> tags,
        Set<String> images,
        Set<Digest> digests,
        String reviewers,
        String note,
        boolean again,
        boolean fromFork) {
    /// @throws InvalidNameException when a name could not stand where it goes, or a tag may not be promoted
    public PromotionRequest {
        tags = List.copyOf(tags);
        images = Set.copyOf(images);
        digests = Set.copyOf(digests);
        if (tags.isEmpty()) {
            throw new InvalidNameException("list of tags", "", "one tag or more");
        }
        for (Tag tag : tags) {
            if (tag.text().equals("latest")) {
                throw new InvalidNameException("tag to promote", "latest", "a tag that stays at its image");
            }
        }
        project(project);
        line("reviewers", reviewers);
        images.forEach(staging::repository); // refuses what is no name
    }

    /// For one project of the usual layout, without filters.
    public static PromotionRequest of(Slug fork, String project, RegistryName staging, List<Tag> tags) {
        return new PromotionRequest(fork, project, staging, tags, Set.of(), Set.of(), "", "", false, false);
    }

    public PromotionRequest withImages(Set<String> names) {
        return new PromotionRequest(fork, project, staging, tags, names, digests, reviewers, note, again, fromFork);
    }

    public PromotionRequest withDigests(Set<Digest> some) {
        return new PromotionRequest(fork, project, staging, tags, images, some, reviewers, note, again, fromFork);
    }

    public PromotionRequest withReviewers(String names) {
        return new PromotionRequest(fork, project, staging, tags, images, digests, names, note, again, fromFork);
    }

    public PromotionRequest withNote(String text) {
        return new PromotionRequest(fork, project, staging, tags, images, digests, reviewers, text, again, fromFork);
    }

    public PromotionRequest withAgain(boolean yes) {
        return new PromotionRequest(fork, project, staging, tags, images, digests, reviewers, note, yes, fromFork);
    }

    public PromotionRequest withFromFork(boolean yes) {
        return new PromotionRequest(fork, project, staging, tags, images, digests, reviewers, note, again, yes);
    }

    /// The name of a project, as it can stand in a branch and a title.
    ///
    /// @throws InvalidNameException when it is none
    public static String project(String name) {
        if (!name.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")) {
            throw new InvalidNameException("project", name, "letters, digits, - _ and . only");
        }
        return name;
    }

    /// The branch: `PROJECT-TAG-image-promotion`.
    public RefName branch() {
        return new RefName(project + "-" + tags.getFirst() + "-image-promotion");
    }

    private static void line(String what, String text) {
        if (!Words.plainLine(text)) {
            throw new InvalidNameException(what, text, "text on one line, without characters that are not seen");
        }
    }
}
