// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.yaml.Place;
import java.util.List;
import java.util.Optional;

/// Something whose version is written down in several places.
///
/// @param version as it is written, without quotes: `1.30` stays `1.30`
/// @param upstream where newer ones come from
/// @param versionPlace where the version stands in the file
public record Dependency(
        String name,
        String version,
        Scheme scheme,
        Sensitivity sensitivity,
        Optional<Upstream> upstream,
        List<RefPath> refPaths,
        Place versionPlace) {
    public Dependency {
        refPaths = List.copyOf(refPaths);
    }
}
