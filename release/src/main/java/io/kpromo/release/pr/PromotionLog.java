// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

/// What is said while a promotion is asked for.
public interface PromotionLog {
    void info(String message);

    void warning(String message);

    /// For who does not listen.
    static PromotionLog none() {
        return new PromotionLog() {
            @Override
            public void info(String message) {}

            @Override
            public void warning(String message) {}
        };
    }
}
