// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.yaml;

/// Reading cannot go on. Never leaves this package.
final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    SyntaxException(Place place, String text) {
        super(text, null, false, false);
        this.problem = new Problem(place, text);
    }

    Problem problem() {
        return problem;
    }
}
