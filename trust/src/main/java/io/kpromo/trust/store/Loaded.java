// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

/// What came of fetching something that is attached.
public sealed interface Loaded<T> {
    /// It is what it should be. Who has signed it, and whether, is another question.
    record Whole<T>(T value) implements Loaded<T> {}

    /// It is there and is not what it should be.
    record Broken<T>(Finding finding) implements Loaded<T> {}
}
