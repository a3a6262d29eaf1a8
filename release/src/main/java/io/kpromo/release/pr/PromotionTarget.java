// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.release.text.Template;
import java.util.Arrays;
import java.util.Set;

/// Where manifests are kept, and how pull requests to them are worded.
///
/// @param repository that holds them
/// @param base the branch that pull requests go to
/// @param folder of the thin tree in it, with `manifests` and `images`; empty for the root
/// @param title of pull requests and commits
/// @param body of pull requests
public record PromotionTarget(Slug repository, RefName base, String folder, Template title, Template body) {
    private static final String KUBERNETES_TITLE = "Image promotion for {{project}} {{tags}}";
    private static final String KUBERNETES_BODY = """
            {{title}}
            This is an automated PR generated from `kpromo`
            ```
            {{command}}
            ```
            {{note}}
            /hold
            cc: {{reviewers}}
            """;

    /// @throws InvalidNameException when the folder leaves the repository
    public PromotionTarget {
        boolean inside = !folder.startsWith("/")
                && !folder.endsWith("/")
                && folder.codePoints().noneMatch(Character::isISOControl)
                && Arrays.stream(folder.split("/", -1)).noneMatch(part -> part.equals("..") || part.equals("."));
        if (!inside) {
            throw new InvalidNameException("folder of manifests", folder, "a path below the repository's root");
        }
    }

    /// What may stand in a title.
    public static Set<String> titleNames() {
        return Set.of("project", "tags");
    }

    /// What may stand in a body.
    public static Set<String> bodyNames() {
        return Set.of("title", "project", "tags", "command", "note", "reviewers");
    }

    /// The manifests of Kubernetes.
    public static PromotionTarget kubernetes() {
        return new PromotionTarget(
                Slug.of("kubernetes/k8s.io"),
                new RefName("main"),
                "registry.k8s.io",
                Template.read(KUBERNETES_TITLE, "title", titleNames()),
                Template.read(KUBERNETES_BODY, "body", bodyNames()));
    }

    public PromotionTarget withRepository(Slug other) {
        return new PromotionTarget(other, base, folder, title, body);
    }

    public PromotionTarget withBase(RefName branch) {
        return new PromotionTarget(repository, branch, folder, title, body);
    }

    public PromotionTarget withFolder(String path) {
        return new PromotionTarget(repository, base, path, title, body);
    }

    public PromotionTarget withTitle(Template text) {
        return new PromotionTarget(repository, base, folder, text, body);
    }

    public PromotionTarget withBody(Template text) {
        return new PromotionTarget(repository, base, folder, title, text);
    }

    /// A path below the folder.
    String below(String path) {
        return folder.isEmpty() ? path : folder + "/" + path;
    }
}
