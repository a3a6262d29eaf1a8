// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.Host;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.RequestCounts;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.TransportListener;
import io.kpromo.oci.http.TransportOptions;
import java.util.Set;

/// Registries for as long as a command runs.
///
/// @param registries to ask
/// @param transport that counts
record Session(Registries registries, HttpTransport transport) implements AutoCloseable {
    /// @param realms hosts that may issue tokens for registries elsewhere
    static Session open(TransportOptions options, Set<Host> realms, Root root) {
        HttpTransport transport = HttpTransport.open(options, SignIn.nowhere(), TransportListener.none());
        return new Session(new Registries(transport), transport);
    }

    RequestCounts counts() {
        return transport.counts();
    }

    @Override
    public void close() {
        registries.close();
    }
}
