// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import java.util.List;
import java.util.Optional;

/// The steps of one release, in the order in which they follow each other.
public record Steps(List<Step> all) {
    public Steps {
        all = List.copyOf(all);
    }

    public Optional<Step> find(String id) {
        return all.stream().filter(step -> step.id().equals(id)).findFirst();
    }
}
