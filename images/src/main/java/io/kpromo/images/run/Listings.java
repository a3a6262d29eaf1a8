// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.plan.Observation;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.TagListing;

/// What Google's listing of a repository tells.
final class Listings {
    private Listings() {}

    static void note(TagListing.Google listing, Repository repository, Observation observed) {
        listing.manifests().forEach((digest, entry) -> {
            observed.present(repository, digest);
            for (String name : entry.tags()) {
                try {
                    observed.pointsTo(repository, new Tag(name), digest);
                } catch (InvalidNameException e) {
                    // A tag outside the grammar can't be wanted by any manifest.
                }
            }
        });
        observed.complete(repository);
    }
}
