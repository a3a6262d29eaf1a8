// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;

/// A body that ends with its connection, as old servers send it. What breaks off here can't be told from what ends;
/// digests tell.
final class UntilCloseInput extends BodyInput {
    private final Connection connection;

    UntilCloseInput(Connection connection) {
        this.connection = connection;
    }

    @Override
    int some(byte[] into, int from, int most) throws IOException {
        return connection.read(into, from, most);
    }

    /// Never: a connection that has ended takes no other request.
    @Override
    boolean atEnd() {
        return false;
    }
}
