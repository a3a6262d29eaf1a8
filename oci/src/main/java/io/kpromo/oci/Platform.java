// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

import java.util.Optional;

/// What a manifest of an index is built for. Image-spec 1.1, "OCI Image Index", `platform`.
///
/// @param os for example `linux`
/// @param architecture for example `arm64`
/// @param variant for example `v8`
/// @param osVersion for example `10.0.14393.1066`
public record Platform(String os, String architecture, Optional<String> variant, Optional<String> osVersion) {
    /// Whether it says `unknown/unknown`, as BuildKit calls manifests of attestations. An image may be called so,
    /// too.
    public boolean isUnknown() {
        return os.equals("unknown") && architecture.equals("unknown");
    }

    /// As people write it: `linux/arm64/v8`.
    @Override
    public String toString() {
        return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
    }
}
