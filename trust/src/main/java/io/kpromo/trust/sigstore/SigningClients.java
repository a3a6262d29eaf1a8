// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.http.Transport;
import io.kpromo.trust.TrustException;
import java.util.List;
import java.util.Optional;

/// Clients of all that a keyless signature needs.
record SigningClients(FulcioClient fulcio, List<RekorClient> logs, List<TimestampClient> authorities) {
    /// @throws TrustException where the services can't prove when a signature was made
    static SigningClients of(Transport transport, SigningServices services) {
        List<RekorClient> logs =
                services.logs().stream().map(log -> client(transport, log)).toList();
        if (services.timestampAuthorities().isEmpty() && logs.stream().noneMatch(RekorClient::promises)) {
            throw new TrustException("nothing would prove when signatures are made: Rekor 2 needs a timestamp"
                    + " authority beside it (--timestamp-url, or tsaUrls in the signing config)");
        }
        return new SigningClients(
                new FulcioClient(transport, services.authority()),
                logs,
                services.timestampAuthorities().stream()
                        .map(address -> new TimestampClient(transport, address))
                        .toList());
    }

    private static RekorClient client(Transport transport, SigningServices.LogService log) {
        RekorWire wire = new RekorWire(transport, log.address());
        return log.version() == 2 ? new Rekor2Client(wire) : new Rekor1Client(wire);
    }

    /// The log that promises its entries, where there is one.
    Optional<RekorClient> promising() {
        return logs.stream().filter(RekorClient::promises).findFirst();
    }
}
