// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

/// Ends the check of a signature: with what it came to, and why.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Verdict verdict;

    private Refusal(Verdict verdict, String why) {
        super(why, null, false, false);
        this.verdict = verdict;
    }

    /// Something is wrong.
    static Refusal failed(String why) {
        return new Refusal(new Verdict.Failed(why), why);
    }

    /// Something is not known to us.
    static Refusal unverifiable(String why) {
        return new Refusal(new Verdict.Unverifiable(why), why);
    }

    Verdict verdict() {
        return verdict;
    }
}
