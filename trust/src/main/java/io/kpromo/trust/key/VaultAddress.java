// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.trust.TrustException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Where Vault is, and whose certificate it has to show there, in the variables of Vault's own tools.
public final class VaultAddress {
    private static final Set<String> TRUE = Set.of("1", "t", "true");

    private VaultAddress() {}

    /// Those who alone are believed at `VAULT_ADDR`: in the file `VAULT_CACERT`, or else in the files of the folder
    /// `VAULT_CAPATH`. Reads nothing. To be told to the transport.
    ///
    /// @param environment the variables of the process
    public static Map<Host, Path> authorities(Map<String, String> environment) {
        String file = environment.getOrDefault("VAULT_CACERT", "");
        String place = file.isEmpty() ? environment.getOrDefault("VAULT_CAPATH", "") : file;
        if (place.isEmpty()) {
            return Map.of();
        }
        try {
            URI address = new URI(environment.getOrDefault("VAULT_ADDR", ""));
            return "https".equalsIgnoreCase(address.getScheme()) && address.getAuthority() != null
                    ? Map.of(new Host(address.getAuthority()), Path.of(place))
                    : Map.of();
        } catch (URISyntaxException | InvalidNameException unusable) {
            return Map.of(); // who uses a key of Vault is told
        }
    }

    /// Certificates are always checked here, so who wants them not to be must hear of it.
    ///
    /// @throws TrustException where `VAULT_SKIP_VERIFY` is set
    static void requireChecks(String address, KeyServices services) {
        boolean skips = services.variable("VAULT_SKIP_VERIFY")
                .map(text -> TRUE.contains(text.toLowerCase(Locale.ROOT)))
                .orElse(false);
        if (skips && address.toLowerCase(Locale.ROOT).startsWith("https:")) {
            throw new TrustException("VAULT_SKIP_VERIFY is set, but kpromo always checks certificates: name who vouches"
                    + " for Vault's with VAULT_CACERT, and unset VAULT_SKIP_VERIFY");
        }
    }
}
