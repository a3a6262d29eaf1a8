// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.proof.ProductionNames;
import io.kpromo.oci.InvalidNameException;
import java.util.ArrayList;
import java.util.List;

/// The flag that says by which names users pull what lies in registries.
final class NameFlags {
    private final List<String> rules = new ArrayList<>();

    void describe(Flags flags) {
        flags.texts(
                "--identity-map",
                "PREFIX=NAME",
                "What lies below PREFIX is known by NAME. Default: …/k8s-artifacts-prod/images=registry.k8s.io.",
                rules);
    }

    ProductionNames names() {
        ProductionNames names = ProductionNames.standard();
        for (String rule : rules) {
            try {
                names = names.with(rule);
            } catch (InvalidNameException e) {
                throw new UsageException("--identity-map: " + e.getMessage(), e);
            }
        }
        return names;
    }
}
