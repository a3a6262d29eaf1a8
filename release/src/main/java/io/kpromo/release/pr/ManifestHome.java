// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.release.text.Template;
import java.util.Arrays;

/// Where manifests are kept, and how pull requests to them are worded.
///
/// @param repository that holds them
/// @param base the branch that pull requests go to
/// @param folder of the thin tree in it, with `manifests` and `images`; empty for the root
/// @param title of pull requests and commits
/// @param body of pull requests
public record ManifestHome(Slug repository, RefName base, String folder, Template title, Template body) {
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
    public ManifestHome {
        boolean inside = !folder.startsWith("/")
                && !folder.endsWith("/")
                && folder.codePoints().noneMatch(Character::isISOControl)
                && Arrays.stream(folder.split("/", -1)).noneMatch(part -> part.equals("..") || part.equals("."));
        if (!inside) {
            throw new InvalidNameException("folder of manifests", folder, "a path below the repository's root");
        }
    }

    /// The manifests of Kubernetes.
    public static ManifestHome kubernetes() {
        return new ManifestHome(
                Slug.of("kubernetes/k8s.io"),
                new RefName("main"),
                "registry.k8s.io",
                new Template(KUBERNETES_TITLE),
                new Template(KUBERNETES_BODY));
    }

    public ManifestHome withRepository(Slug other) {
        return new ManifestHome(other, base, folder, title, body);
    }

    public ManifestHome withBase(RefName branch) {
        return new ManifestHome(repository, branch, folder, title, body);
    }

    public ManifestHome withFolder(String path) {
        return new ManifestHome(repository, base, path, title, body);
    }

    /// Whether titles are worded as those of Kubernetes.
    boolean usualTitle() {
        return title.text().equals(KUBERNETES_TITLE);
    }

    public ManifestHome withTitle(Template text) {
        return new ManifestHome(repository, base, folder, text, body);
    }

    public ManifestHome withBody(Template text) {
        return new ManifestHome(repository, base, folder, title, text);
    }

    /// A path below the folder.
    String below(String path) {
        return folder.isEmpty() ? path : folder + "/" + path;
    }
}
