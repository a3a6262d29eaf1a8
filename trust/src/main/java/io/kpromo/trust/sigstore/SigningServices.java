// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import java.net.URI;
import java.util.List;

/// Whom to ask for what a keyless signature needs: the services of one Sigstore instance.
///
/// @param authority Fulcio
/// @param logs every signature gets an entry in each
/// @param timestampAuthorities every signature gets a timestamp of each; whole addresses, as RFC 3161 wants them
public record SigningServices(URI authority, List<LogService> logs, List<URI> timestampAuthorities) {
    public SigningServices {
        logs = List.copyOf(logs);
        timestampAuthorities = List.copyOf(timestampAuthorities);
    }

    /// Rekor.
    ///
    /// @param version of its API: 1 or 2
    public record LogService(URI address, int version) {}
}
