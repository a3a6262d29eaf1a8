// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.oci.Host;
import java.util.Set;

/// How registries are read.
///
/// @param listing hosts that list in Google's form, besides those of Google's own names
/// @param tryListing questions about one repository from which on an unknown host is asked for such a list, once
/// @param atOnce questions under way to one host
/// @param manifests whether manifests of sources are fetched rather than just looked up: they will be copied
public record ObserverOptions(Set<Host> listing, int tryListing, int atOnce, boolean manifests) {
    public ObserverOptions {
        listing = Set.copyOf(listing);
    }

    public static ObserverOptions standard() {
        return new ObserverOptions(Set.of(), 50, 32, true);
    }

    public ObserverOptions withListing(Set<Host> hosts) {
        return new ObserverOptions(hosts, tryListing, atOnce, manifests);
    }

    public ObserverOptions withManifests(boolean fetch) {
        return new ObserverOptions(listing, tryListing, atOnce, fetch);
    }

    /// Whether this host is known to list in Google's form.
    public boolean lists(Host host) {
        String name = host.name();
        return listing.contains(host) || name.equals("gcr.io") || name.endsWith(".gcr.io") || name.endsWith(".pkg.dev");
    }
}
