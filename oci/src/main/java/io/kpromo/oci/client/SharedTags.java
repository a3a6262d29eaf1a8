// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
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
/// write went over its own. The look waits twice as long as reading and writing took: by then a writer who read
/// the same state, and is not much slower, has written too, and each sees what is lost. In this process one
/// writes at a time.
public final class SharedTags {
    private static final int TRIES = 12;
    private static final Duration SHORTEST_SETTLING = Duration.ofMillis(25);
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(2);
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

    /// Adds, where it isn't there yet, and makes sure of it. One request where all is there, else three; more where
    /// writers meet.
    ///
    /// @return whether something was written
    /// @throws OciException when others write over it again and again, or a request fails
    public boolean add(ImageReference tag, Addition addition) throws InterruptedException {
        return begin(tag, addition).confirm();
    }

    /// The same in two steps, so that other work can be done while the dust settles. One request where all is
    /// there, else two, and one more to confirm.
    public Written begin(ImageReference tag, Addition addition) throws InterruptedException {
        Adding adding = new Adding(tag, addition);
        adding.writeInTurn();
        return adding;
    }

    /// Something that was added, and that another may have written over.
    @FunctionalInterface
    public interface Written {
        /// Where nothing is to be added.
        Written NOTHING = () -> false;

        /// Waits until other writers must be done, looks, and adds it again where it is gone.
        ///
        /// @return whether something was written
        /// @throws OciException when others write over it again and again, or a request fails
        boolean confirm() throws InterruptedException;
    }

    private final class Adding implements Written {
        private final ImageReference tag;
        private final Addition addition;
        /// Empty where nothing was to be written.
        private Optional<Digest> digest = Optional.empty();

        private long settled;

        Adding(ImageReference tag, Addition addition) {
            this.tag = tag;
            this.addition = addition;
        }

        @Override
        public boolean confirm() throws InterruptedException {
            if (digest.isEmpty()) {
                return false;
            }
            for (int tries = 1; tries <= TRIES; tries++) {
                time.sleep(Duration.ofNanos(Math.max(0, settled - time.nanos())));
                if (manifests.head(tag).map(Descriptor::digest).equals(digest)) {
                    return true;
                }
                // Others wrote, over it or on top of it.
                time.sleep(pause(tries));
                writeInTurn();
                if (digest.isEmpty()) {
                    return true;
                }
            }
            throw new OciException("add to " + tag + ": others wrote over it " + TRIES
                    + " times; run again when they are done, nothing else of it has to be repeated");
        }

        private void writeInTurn() throws InterruptedException {
            digest = turns.run(tag, this::write);
        }

        private Optional<Digest> write() throws InterruptedException {
            long began = time.nanos();
            Optional<RawManifest> next = addition.to(manifests.get(tag));
            if (next.isPresent()) {
                addition.write(next.get());
                long now = time.nanos();
                settled = now + Math.clamp(2 * (now - began), SHORTEST_SETTLING.toNanos(), LONGEST_SETTLING.toNanos());
            }
            return next.map(RawManifest::digest);
        }
    }

    private Duration pause(int tries) {
        long most = Math.min(LONGEST_PAUSE.toNanos(), Duration.ofMillis(10).toNanos() << Math.min(tries, 10));
        return Duration.ofNanos((long) (most * chance.getAsDouble()));
    }
}
