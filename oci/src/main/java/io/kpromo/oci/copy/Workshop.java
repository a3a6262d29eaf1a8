// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.client.Registries;
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
        BlobIndex index,
        Laggards laggards,
        BlobSender sender,
        CopyListener listener) {
    static Workshop of(Registries registries, CopyOptions options, BlobIndex index, CopyListener listener) {
        return new Workshop(
                registries,
                options,
                new Window(options.window(), options.patience()),
                new Semaphore(options.streams(), true),
                index,
                new Laggards(options.patience()),
                new BlobSender(registries.uploads(), options),
                listener);
    }
}
