// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Reference;
import io.kpromo.oci.Repository;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.oci.feed.Supply;
import io.kpromo.oci.http.RegistryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes manifests: children before parents, each after its blobs, tags last.
final class TreeWriter {
    private record Place(Repository into, Digest digest) {}

    private final Workshop shop;
    private final Map<Digest, BlobTransfer> transfers;
    private final InFlight<Place, Boolean> written = InFlight.keeping();
    private final InFlight<Place, Boolean> mended = InFlight.keeping();

    /// @param transfers of every blob of every tree that will be written
    TreeWriter(Workshop shop, Map<Digest, BlobTransfer> transfers) {
        this.shop = shop;
        this.transfers = transfers;
    }

    /// Writes all of a content to one place and lets the tags point to it.
    void write(Repository source, ContentTree tree, Delivery delivery) throws InterruptedException {
        prepare(source, tree, delivery.into());
        List<? extends Reference> names =
                delivery.tags().isEmpty() ? List.of(tree.raw().digest()) : delivery.tags();
        try (Crew crew = new Crew("name " + tree.raw().digest())) {
            for (Reference name : names) {
                crew.start(() -> put(source, tree, delivery.into().at(name)));
            }
            crew.join();
        }
    }

    /// Waits for the blobs and writes the children of a manifest.
    private void prepare(Repository source, ContentTree tree, Repository into) throws InterruptedException {
        try (Crew crew = new Crew("write " + tree.raw().digest())) {
            for (ContentTree child : tree.children()) {
                crew.start(() -> written.once(new Place(into, child.raw().digest()), () -> {
                    prepare(source, child, into);
                    put(source, child, into.at(child.raw().digest()));
                    return true;
                }));
            }
            for (Descriptor blob : tree.manifest().blobs()) {
                transfer(blob).await(into);
            }
            crew.join();
        }
    }

    private void put(Repository source, ContentTree tree, ImageReference name) throws InterruptedException {
        try {
            shop.registries().manifests().put(name, tree.raw());
        } catch (RegistryException e) {
            if (!e.incomplete()) {
                throw e;
            }
            Place incomplete = new Place(name.repository(), tree.raw().digest());
            mended.once(incomplete, () -> {
                sendAgain(source, tree, incomplete.into());
                return true;
            });
            shop.registries().manifests().put(name, tree.raw());
        }
    }

    /// "It exists" can be untrue: after a broken run or a clean-up a host may claim blobs that it refuses to
    /// build on (oras-go#1212). What was believed of this repository is dropped and everything below is sent
    /// again, once.
    private void sendAgain(Repository source, ContentTree tree, Repository into) throws InterruptedException {
        for (Descriptor blob : tree.manifest().blobs()) {
            shop.index().forget(blob.digest(), into);
            Descriptor sized = shop.sized(List.of(source), blob);
            try (Supply supply = Supply.alone(shop.origin(List.of(source), sized), shop.taker(into, () -> {}))) {
                shop.sender().send(into, sized, Content.of(supply), true);
            }
            shop.index().learned(blob.digest(), into);
        }
        for (ContentTree child : tree.children()) {
            sendAgain(source, child, into);
            shop.registries().manifests().put(into.at(child.raw().digest()), child.raw());
        }
    }

    private BlobTransfer transfer(Descriptor blob) {
        return Optional.ofNullable(transfers.get(blob.digest())).orElseThrow();
    }
}
