// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

/// Asks a person before each step.
@FunctionalInterface
public interface Consent {
    /// @param question without the answers that are possible
    boolean to(String question) throws InterruptedException;

    /// For who asks nobody.
    static Consent always() {
        return question -> true;
    }
}
