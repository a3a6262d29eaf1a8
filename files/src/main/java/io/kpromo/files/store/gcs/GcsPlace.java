// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import io.kpromo.files.store.Server;
import io.kpromo.files.store.StoreException;
import io.kpromo.oci.Host;
import java.util.Map;
import java.util.Optional;

/// Where Cloud Storage is reached: at Google, or at another server, which is shown no credentials.
///
/// @param above what comes before all paths, without a slash at its end
/// @param emulator whether it is not Google
record GcsPlace(Host host, String above, boolean emulator) {
    static final String VARIABLE = "STORAGE_EMULATOR_HOST";
    private static final Host GOOGLE = new Host("storage.googleapis.com");

    /// @param named by the base; otherwise the variable tells
    static GcsPlace of(Optional<Server> named, Map<String, String> environment) {
        return named.or(() -> server(environment))
                .map(server -> new GcsPlace(server.host(), server.path(), true))
                .orElseGet(() -> new GcsPlace(GOOGLE, "", false));
    }

    /// As `STORAGE_EMULATOR_HOST` says, and Google's clients for Python and Go understand it.
    static Optional<Server> server(Map<String, String> environment) {
        String set = environment.getOrDefault(VARIABLE, "").strip();
        if (set.isEmpty()) {
            return Optional.empty();
        }
        Optional<Server> server = Server.parse(set.contains("://") ? set : "http://" + set);
        if (server.isEmpty()) {
            throw new StoreException(
                    VARIABLE + " has to be a host with a port, or http:// or https:// and such a host");
        }
        return server;
    }
}
