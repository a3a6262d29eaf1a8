// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.plan.FileDecision.Copy;
import io.kpromo.files.plan.FileDecision.UpToDate;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.store.Base;
import io.kpromo.oci.OciException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// One file on its way to all destinations that lack it. It is read once.
final class FileTransfer {
    private final FileWorkshop shop;
    private final List<Copy> copies;
    private final List<UpToDate> there;
    private final BiConsumer<FileEdge, Optional<OciException>> ended;

    /// @param copies of one file, 1 or more
    /// @param there destinations that hold it already
    /// @param ended hears of each copy once
    FileTransfer(
            FileWorkshop shop,
            List<Copy> copies,
            List<UpToDate> there,
            BiConsumer<FileEdge, Optional<OciException>> ended) {
        this.shop = shop;
        this.copies = copies;
        this.there = there;
        this.ended = ended;
    }

    /// @param turn ends when all that is left is left to destinations that lag
    void run(Turn turn) throws InterruptedException {
        try {
            if (!there.isEmpty()) {
                turn.write();
            }
            carry(copiedThere(), turn);
        } finally {
            turn.end();
        }
    }

    /// Copies within a cloud where that goes.
    ///
    /// @return what is left to send
    private List<Copy> copiedThere() throws InterruptedException {
        List<Copy> left = new ArrayList<>();
        for (Copy copy : copies) {
            if (!isCopiedThere(copy)) {
                left.add(copy);
            }
        }
        return left;
    }

    private boolean isCopiedThere(Copy copy) throws InterruptedException {
        Base into = copy.edge().destination();
        for (UpToDate file : there) {
            Base from = file.edge().destination();
            if (from.scheme() != into.scheme()) {
                continue;
            }
            shop.listener().started(copy.edge());
            try {
                if (shop.stores()
                        .destination(into)
                        .copy(
                                shop.stores().destination(from),
                                copy.edge().name(),
                                file.seen(),
                                copy.edge().sha256(),
                                copy.replaced())) {
                    shop.listener().copiedThere(file.seen().size());
                    ended.accept(copy.edge(), Optional.empty());
                    return true;
                }
            } catch (OciException e) {
                ended.accept(copy.edge(), Optional.of(e));
                return true;
            }
        }
        return false;
    }

    private void carry(List<Copy> left, Turn turn) throws InterruptedException {
        if (left.isEmpty()) {
            return;
        }
        Copy first = left.getFirst();
        long size = first.seen().size();
        FileOrigin origin = new FileOrigin(
                shop.stores().source(first.edge().source()),
                first.edge().name(),
                first.seen(),
                first.edge().sha256(),
                shop.window(),
                shop.listener());
        boolean small = shop.options().holds(size);
        try (FileStream stream = new FileStream(shop, origin, small)) {
            if (shop.options().fetchesAhead(size)) {
                stream.fetch(left);
            }
            turn.write();
            sendAll(stream, left, small ? 0 : 1, turn);
            stream.join();
        }
    }

    /// @param streams places among the large ones that it takes until all that is left is left to those that lag
    private void sendAll(FileStream stream, List<Copy> left, int streams, Turn turn) throws InterruptedException {
        shop.streams().acquire(streams);
        try {
            stream.sendAll(left, ended).awaitTheOthers();
        } finally {
            shop.streams().release(streams);
        }
        turn.end();
    }
}
