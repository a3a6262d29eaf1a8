// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.oci.Repository;
import java.net.URI;
import java.util.Optional;

/// Where newer versions of a dependency come from; the flavours are those of zeitgeist.
public sealed interface Upstream {
    /// Releases of a repository on GitHub; its tags where it has none.
    ///
    /// @param branch whose newest commit is the version, instead of a release
    record GitHub(Slug repository, VersionRange constraints, Optional<RefName> branch) implements Upstream {}

    /// Releases of a project on GitLab; its tags where it has none.
    ///
    /// @param server empty for gitlab.com
    record GitLab(Optional<URI> server, Slug project, VersionRange constraints, Optional<RefName> branch)
            implements Upstream {}

    /// Versions of a chart.
    ///
    /// @param repository `https://…` with an `index.yaml` below, or `oci://…` with the chart as a repository below
    record Helm(URI repository, String chart, VersionRange constraints) implements Upstream {}

    /// Tags of an image (`container`, `oci`).
    record Container(Repository repository, VersionRange constraints) implements Upstream {}

    /// Versions of Amazon's Kubernetes.
    record Eks(VersionRange constraints) implements Upstream {}

    /// Versions of an add-on of Amazon's Kubernetes.
    ///
    /// @param kubernetesVersion that it must go with; empty for any
    /// @param latest the highest one, rather than the one that Amazon recommends
    record EksAddon(String addon, String kubernetesVersion, boolean latest, VersionRange constraints)
            implements Upstream {}

    /// Machine images of Amazon: the newest one of this owner and name.
    ///
    /// @param name may hold `*` and `?`
    record Ami(String owner, String name) implements Upstream {}

    /// A parameter of Amazon's Systems Manager.
    record Ssm(String path) implements Upstream {}

    /// Always this version; for trying things out.
    record Dummy(String latest) implements Upstream {}
}
