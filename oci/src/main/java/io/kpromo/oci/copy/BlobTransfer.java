// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.feed.Feed;
import io.kpromo.oci.feed.Laggards;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// One blob on its way to every repository of a wave that needs it. It is read once; how it is spread is the
/// [Route]'s to know.
final class BlobTransfer {
    private final Workshop shop;
    private final Descriptor blob;
    private final List<Repository> sources = new ArrayList<>();
    private final Map<Host, List<Repository>> needed = new LinkedHashMap<>();
    private final Arrivals arrivals = new Arrivals();
    private final AtomicBoolean started = new AtomicBoolean();

    BlobTransfer(Workshop shop, Descriptor blob) {
        this.shop = shop;
        this.blob = blob;
    }

    /// Before it starts: a content in `source` needs this blob in these repositories.
    void need(Repository source, List<Repository> destinations) {
        if (!sources.contains(source)) {
            sources.add(source);
        }
        for (Repository into : destinations) {
            if (arrivals.expect(into)) {
                needed.computeIfAbsent(into.host(), host -> new ArrayList<>()).add(into);
            }
        }
    }

    /// Waits until the repository holds the blob.
    ///
    /// @throws OciException when it won't, in this run
    void await(Repository into) throws InterruptedException {
        arrivals.await(into);
    }

    /// Starts in the background, the first time it is called.
    void start(Crew crew) {
        if (started.compareAndSet(false, true)) {
            crew.start(this::run);
        }
    }

    private void run() throws InterruptedException {
        try {
            carry(shop.sized(sources, blob));
        } catch (OciException e) {
            arrivals.fail(e);
        } catch (InterruptedException stopped) {
            // Nothing failed: who waits is being told to stop, too, and must not hear of a failure first.
            arrivals.stop();
            throw stopped;
        } finally {
            arrivals.fail(new OciException("copy blob " + digest() + ": the work was given up"));
        }
    }

    private void carry(Descriptor sized) throws InterruptedException {
        boolean small = shop.options().holds(sized.size());
        int permits = small ? 0 : permits();
        Laggards<Host>.Outstanding outstanding = shop.laggards().outstanding(needed.keySet());
        BlobOrigin origin = shop.origin(sources, sized);
        shop.streams().acquire(permits);
        try (Feed feed = Feed.shared(
                        origin.expected(),
                        shop.window(),
                        small,
                        shop.options().window() / shop.options().streams() * Math.max(1, permits));
                Crew reader = new Crew("read " + digest());
                Crew senders = new Crew("send " + digest())) {
            try {
                startAll(new Route(shop, arrivals, origin, feed, reader), senders, outstanding);
                outstanding.awaitTheOthers();
            } finally {
                shop.streams().release(permits);
            }
            senders.join();
        }
    }

    private void startAll(Route route, Crew senders, Laggards<Host>.Outstanding outstanding) {
        // All places are taken before the first byte is read, so that nobody comes late.
        List<HostPart> parts = new ArrayList<>();
        needed.forEach((host, repositories) -> parts.add(route.part(host, repositories)));
        for (HostPart part : parts) {
            senders.start(() -> {
                try (part) {
                    route.serve(part);
                } finally {
                    outstanding.done(part.host());
                }
            });
        }
    }

    /// A large blob that goes to many repositories of a host that doesn't mount takes many of its slots at a time,
    /// and counts for more than one.
    private int permits() {
        int takers = needed.entrySet().stream()
                .filter(part -> !shop.mounts(part.getKey()))
                .mapToInt(part -> part.getValue().size())
                .max()
                .orElse(1);
        return Math.clamp(
                (takers + Route.TAKERS - 1) / Route.TAKERS, 1, shop.options().streams());
    }

    private Digest digest() {
        return blob.digest();
    }
}
