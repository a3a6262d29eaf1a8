// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

/// The stores of a run. A base may be read as a source and written as a destination with different rights.
public interface Stores extends AutoCloseable {
    /// The store of a base that files come from.
    Store source(Base base);

    /// The store of a base that files go to.
    Store destination(Base base);

    @Override
    void close();
}
