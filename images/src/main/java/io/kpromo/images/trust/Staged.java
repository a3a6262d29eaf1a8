// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import io.kpromo.images.plan.Decision;
import io.kpromo.images.plan.Plan;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import java.util.List;

/// A content in staging.
public record Staged(Repository source, Digest digest) {
    /// What a plan copies, each content once, however many destinations want it.
    public static List<Staged> of(Plan plan) {
        return plan.all(Decision.Copy.class).map(Staged::of).distinct().toList();
    }

    public static Staged of(Decision.Copy copy) {
        return new Staged(copy.source(), copy.content().digest());
    }

    @Override
    public String toString() {
        return source.at(digest).toString();
    }
}
