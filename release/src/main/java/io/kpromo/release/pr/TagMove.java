// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.oci.Digest;

/// A tag that stands in `images.yaml` already, at another digest than staging has it at.
///
/// @param standing the digest it stands at
public record TagMove(StagedTag staged, Digest standing) {
    @Override
    public String toString() {
        return staged.image() + ":" + staged.tag() + " is promoted from " + standing
                + " already, and staging has it at " + staged.digest();
    }
}
