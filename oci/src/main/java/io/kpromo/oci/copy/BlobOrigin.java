// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.client.Blobs;
import io.kpromo.oci.client.CountedIntake;
import io.kpromo.oci.feed.Expected;
import io.kpromo.oci.feed.Origin;
import io.kpromo.oci.feed.Window;
import io.kpromo.oci.http.RegistryException;
import java.util.List;

/// Where a blob is read from, and into what memory.
///
/// @param sources repositories that may have it, asked in this order
record BlobOrigin(Blobs blobs, List<Repository> sources, Descriptor blob, Window window, CopyListener listener)
        implements Origin {
    BlobOrigin {
        sources = List.copyOf(sources);
    }

    @Override
    public Expected expected() {
        ImageReference from = sources.getFirst().at(blob.digest());
        return new Expected("blob " + from, blob.size(), blob.digest());
    }

    /// Reads it from the first source that has it.
    @Override
    public void read(BlobIntake into) throws InterruptedException {
        for (int i = 0; i < sources.size(); i++) {
            Repository source = sources.get(i);
            try {
                blobs.read(source, blob.digest(), new CountedIntake(into, bytes -> listener.read(source, bytes)));
                return;
            } catch (RegistryException e) {
                if (e.status() == 416) {
                    throw new OciException(
                            "read blob " + source.at(blob.digest()) + ": the source has no more than " + into.offset()
                                    + " of the " + blob.size() + " bytes that its manifest says",
                            e);
                }
                if (e.status() != 404 || i == sources.size() - 1) {
                    throw e;
                }
            }
        }
    }
}
