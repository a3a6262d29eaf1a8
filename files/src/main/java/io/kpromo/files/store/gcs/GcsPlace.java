// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import io.kpromo.files.store.StoreException;
import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/// Where Cloud Storage is reached: at Google, or where `STORAGE_EMULATOR_HOST` says, as Google's clients for Python
/// and Go understand it. An emulator is shown no credentials.
///
/// @param above what comes before all paths, without a slash at its end
/// @param plain whether it is named by plain HTTP
record GcsPlace(Host host, String above, boolean emulator, boolean plain) {
    static final String VARIABLE = "STORAGE_EMULATOR_HOST";
    private static final Host GOOGLE = new Host("storage.googleapis.com");

    static GcsPlace of(Map<String, String> environment) {
        String set = environment.getOrDefault(VARIABLE, "").strip();
        if (set.isEmpty()) {
            return new GcsPlace(GOOGLE, "", false, false);
        }
        try {
            URI address = new URI(set.contains("://") ? set : "http://" + set);
            boolean plain = "http".equalsIgnoreCase(address.getScheme());
            boolean web = plain || "https".equalsIgnoreCase(address.getScheme());
            if (web
                    && address.getRawAuthority() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null) {
                String path = address.getRawPath() == null ? "" : address.getRawPath();
                return new GcsPlace(new Host(address.getRawAuthority()), path.replaceAll("/+$", ""), true, plain);
            }
        } catch (URISyntaxException | InvalidNameException e) {
            // Said below.
        }
        throw new StoreException(VARIABLE + " has to be a host with a port, or http:// or https:// and such a host");
    }
}
