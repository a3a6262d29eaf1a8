// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.oci.Host;

/// Which registries are Google's: Artifact Registry and what became of Container Registry.
final class GoogleHosts {
    private GoogleHosts() {}

    static boolean contain(Host host) {
        String name = host.address();
        return host.port(443) == 443
                && (name.equals("gcr.io") || name.endsWith(".gcr.io") || name.endsWith(".pkg.dev"));
    }
}
