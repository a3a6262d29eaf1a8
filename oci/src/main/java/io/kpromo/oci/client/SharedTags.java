// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.concurrent.OneAtATime;
import io.kpromo.oci.http.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// Tags whose manifest several writers add to, none of whom may undo what another added: lists of referrers, of
/// signatures.
///
/// Registries have no "write if unchanged", so who adds looks again after writing, and repeats where another's
/// write went over its own. The look waits as long as reading and writing took: by then a writer who read the
/// same state, and is no slower than that, has written too, and each sees what is lost. In this process one
/// writes at a time.
public final class SharedTags {
    private static final int TRIES = 12;
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /// What is to be added.
    public interface Addition {
        /// The manifest with all that is to be in it; empty where it holds all of it already.
        ///
        /// @param now what the tag points to, empty where it is not there
        /// @throws OciException where it is something that can't be added to
        Optional<RawManifest> to(Optional<RawManifest> now) throws InterruptedException;

        /// Writes the manifest under its tag.
        void write(RawManifest next) throws InterruptedException;
    }

    private final Manifests manifests;
    private final Time time;
    private final DoubleSupplier chance;
    private final OneAtATime<ImageReference> turns = new OneAtATime<>();

    /// @param chance from 0 to 1, so that writers who met don't meet again
    SharedTags(Manifests manifests, Time time, DoubleSupplier chance) {
        this.manifests = manifests;
        this.time = time;
        this.chance = chance;
    }

    /// Adds, where it isn't there yet. One request where all is there, else three; more where writers meet.
    ///
    /// @return whether something was written
    /// @throws OciException when others write over it again and again, or a request fails
    public boolean add(ImageReference tag, Addition addition) throws InterruptedException {
        return turns.run(tag, () -> addInTurn(tag, addition));
    }

    private boolean addInTurn(ImageReference tag, Addition addition) throws InterruptedException {
        for (int tries = 0; tries < TRIES; tries++) {
            if (tries > 0) {
                time.sleep(pause(tries));
            }
            long began = time.nanos();
            Optional<RawManifest> next = addition.to(manifests.get(tag));
            if (next.isEmpty()) {
                return tries > 0;
            }
            addition.write(next.get());
            time.sleep(shorter(Duration.ofNanos(time.nanos() - began), LONGEST_SETTLING));
            Optional<Descriptor> there = manifests.head(tag);
            if (there.map(Descriptor::digest).equals(Optional.of(next.get().digest()))) {
                return true;
            }
        }
        throw new OciException("add to " + tag + ": others wrote over it " + TRIES
                + " times; run again when they are done, nothing else of it has to be repeated");
    }

    private Duration pause(int tries) {
        long most = Math.min(LONGEST_PAUSE.toNanos(), Duration.ofMillis(10).toNanos() << Math.min(tries, 10));
        return Duration.ofNanos((long) (most * chance.getAsDouble()));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
