// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitlab;

import io.kpromo.forge.Release;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.FileBody;
import io.kpromo.forge.api.LostAnswerException;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Files in the package registry of a project, "Generic packages": a package is called as the project, its version
/// is the tag.
final class PackageFiles {
    private final Project project;

    PackageFiles(Project project) {
        this.project = project;
    }

    /// Sends a file, from disk as it is read. One of that name that is there already comes second from then on.
    ///
    /// @return where it can be had
    String send(Release release, String name, String mediaType, Path content) throws InterruptedException {
        String target = project.target(
                        "/packages/generic/{}/{}/{}",
                        harmless(project.slug().name()),
                        harmless(release.tag().text()),
                        harmless(name))
                .toString();
        Ask ask = new Ask(
                        Method.PUT,
                        target,
                        Map.of(),
                        Optional.empty(),
                        Kind.SEND_ASSET,
                        Ask.CORE,
                        project.why("upload " + name + " to the packages"))
                .with(FileBody.of(content), mediaType);
        try {
            project.api().send(ask);
        } catch (LostAnswerException lost) {
            project.api().send(ask);
        }
        return project.api().root() + target;
    }

    /// Packages and their files are called by letters, digits, dots, hyphens and underscores; the link to one keeps
    /// its own name.
    private static String harmless(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[.-]+|\\.\\.+", "_");
    }
}
