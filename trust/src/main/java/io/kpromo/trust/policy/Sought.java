// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import java.util.List;

/// What somebody looks for among all that is attached to an image.
public interface Sought {
    /// There is no end before the end.
    Sought EVERYTHING = new Sought() {
        @Override
        public boolean likely(String predicateType) {
            return true;
        }

        @Override
        public boolean enough(List<Evidence> found) {
            return false;
        }
    };

    /// Whether what has this predicate type may be it; what may be is read first.
    boolean likely(String predicateType);

    /// Whether it was found, so that nothing else has to be read.
    boolean enough(List<Evidence> found);
}
