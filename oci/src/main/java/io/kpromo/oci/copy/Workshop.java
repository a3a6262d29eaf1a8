// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.HostFacts.Ability;
import io.kpromo.oci.client.HostFacts.Fact;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.feed.Laggards;
import io.kpromo.oci.feed.Lanes;
import io.kpromo.oci.feed.Supply;
import io.kpromo.oci.feed.Window;
import java.util.List;
import java.util.concurrent.Semaphore;

/// What all parts of a copy work with.
///
/// @param streams permits for large blobs. There are fewer of them than a host has slots, so that a blob which is
///     being read always finds a slot at each destination, and no two blobs wait for each other.
record Workshop(
        Registries registries,
        CopyOptions options,
        Window window,
        Semaphore streams,
        Lanes<Host> lanes,
        BlobIndex index,
        Laggards<Host> laggards,
        BlobSender sender,
        CopyListener listener) {
    static Workshop of(Registries registries, CopyOptions options, BlobIndex index, CopyListener listener) {
        return new Workshop(
                registries,
                options,
                new Window(options.window(), options.patience()),
                new Semaphore(options.streams(), true),
                new Lanes<>(options.streams()),
                index,
                new Laggards<>(options.patience()),
                new BlobSender(registries.uploads(), options, Pauses.growing()),
                listener);
    }

    /// Whether the host may mount: only one that is known not to is not asked.
    boolean mounts(Host host) {
        return registries.facts().about(host, Ability.MOUNT) != Fact.NO;
    }

    /// The way to a blob of known size.
    BlobOrigin origin(List<Repository> sources, Descriptor blob) {
        return new BlobOrigin(registries.blobs(), sources, blob, window, listener);
    }

    /// A destination that takes bytes.
    ///
    /// @param wanted is run when bytes are needed, before they are waited for
    Supply.Taker taker(Repository into, Runnable wanted) {
        return new Supply.Taker() {
            @Override
            public void wanted() {
                wanted.run();
            }

            @Override
            public Lanes.Lane lane() throws InterruptedException {
                return lanes.enter(into.host());
            }

            @Override
            public boolean checks() {
                return true;
            }

            @Override
            public void took(int bytes) {
                listener.sent(into, bytes);
            }
        };
    }

    /// The same blob with its size: schema 1 doesn't tell sizes, and an upload must. One request where it isn't
    /// known.
    ///
    /// @throws OciException when no source tells
    Descriptor sized(List<Repository> sources, Descriptor blob) throws InterruptedException {
        if (blob.size() >= 0) {
            return blob;
        }
        for (Repository source : sources) {
            long size = registries.blobs().size(source, blob.digest()).orElse(-1);
            if (size >= 0) {
                return new Descriptor(blob.mediaType(), blob.digest(), size);
            }
        }
        throw new OciException("copy blob " + sources.getFirst().at(blob.digest())
                + ": the source does not have it or does not tell its size");
    }
}
