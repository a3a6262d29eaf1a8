// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoredFile;
import io.kpromo.oci.Digest;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.client.CountedIntake;
import io.kpromo.oci.feed.Expected;
import io.kpromo.oci.feed.Origin;
import io.kpromo.oci.feed.Window;

/// A file in its source.
record FileOrigin(Store store, FileName name, StoredFile seen, Digest sha256, Window window, FileListener listener)
        implements Origin {
    @Override
    public Expected expected() {
        // With the sum that the manifest wants: what was found instead is said behind it.
        return new Expected(store.base().url(name) + " with " + sha256, seen.size(), sha256);
    }

    @Override
    public void read(BlobIntake into) throws InterruptedException {
        store.read(name, seen, new CountedIntake(into, listener::read));
    }
}
