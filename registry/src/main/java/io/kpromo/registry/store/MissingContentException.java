// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.store;

import io.kpromo.oci.Descriptor;
import java.io.IOException;
import java.util.List;

/// A manifest points to something that its repository does not hold.
public final class MissingContentException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<Descriptor> missing;

    MissingContentException(List<Descriptor> missing) {
        super("the repository does not hold " + missing.getFirst().digest()
                + (missing.size() > 1 ? " and " + (missing.size() - 1) + " more" : ""));
        this.missing = List.copyOf(missing);
    }

    /// What is missing, at least one.
    public List<Descriptor> missing() {
        return missing;
    }
}
