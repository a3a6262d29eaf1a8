// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.Transport;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/// All registries, by what can be asked of them. Every question is one request unless its page says otherwise.
///
/// Safe for use by many threads at once; [#close] ends idle connections.
public final class Registries implements AutoCloseable {
    private final Transport transport;
    private final HostFacts facts;
    private final Manifests manifests;
    private final Blobs blobs;
    private final Uploads uploads;
    private final Tags tags;
    private final SharedTags sharedTags;
    private final Referrers referrers;

    public Registries(Transport transport) {
        this(
                transport,
                new HostFacts(Clock.systemUTC()),
                Time.system(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    Registries(Transport transport, HostFacts facts, Time time, DoubleSupplier chance) {
        this.transport = transport;
        this.facts = facts;
        this.manifests = new Manifests(transport);
        this.blobs = new Blobs(transport);
        this.uploads = new Uploads(transport, facts);
        this.tags = new Tags(transport);
        this.sharedTags = new SharedTags(manifests, time, chance);
        this.referrers = new Referrers(transport, facts, manifests, sharedTags);
    }

    public Manifests manifests() {
        return manifests;
    }

    public Blobs blobs() {
        return blobs;
    }

    public Uploads uploads() {
        return uploads;
    }

    public Tags tags() {
        return tags;
    }

    public Referrers referrers() {
        return referrers;
    }

    public SharedTags sharedTags() {
        return sharedTags;
    }

    /// What was learned about hosts while asking them.
    public HostFacts facts() {
        return facts;
    }

    @Override
    public void close() {
        transport.close();
    }
}
