// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.HostFacts.Fact;
import io.kpromo.oci.client.Upload;
import io.kpromo.oci.client.Uploads;
import io.kpromo.oci.client.Uploads.Opened;
import io.kpromo.oci.client.Uploads.Received;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.RegistryException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Brings one blob into one repository: whole with the first request where the host takes that, else by an upload;
/// again from where it broke, else from the start.
final class BlobSender {
    /// A blob up to this size is offered whole to a host that may not take it: little is lost.
    private static final long NO_RISK = 64 << 10;

    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 10_000;

    private final Uploads uploads;
    private final CopyOptions options;

    BlobSender(Uploads uploads, CopyOptions options) {
        this.uploads = uploads;
        this.options = options;
    }

    /// @param anew whether the host's word that it holds the blob already is not to be believed
    /// @return whether bytes had to be sent
    /// @throws OciException when the host refuses, the tries run out, or the source fails
    boolean send(Repository into, Descriptor blob, Supply supply, boolean anew) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                Opened opened = open(into, blob, supply, anew);
                if (opened instanceof Opened.Open(Upload upload)) {
                    deliver(upload, blob, supply);
                    return true;
                }
                return false;
            } catch (RegistryException e) {
                if (!worthAnotherTry(e) || tries >= options.tries()) {
                    throw e;
                }
                pause(tries);
            }
        }
    }

    /// Sends what an upload that is open already waits for; when that fails, begins again.
    void deliver(Repository into, Descriptor blob, Upload upload, Supply supply) throws InterruptedException {
        try {
            deliver(upload, blob, supply);
        } catch (RegistryException e) {
            if (!worthAnotherTry(e)) {
                throw e;
            }
            pause(1);
            send(into, blob, supply, true);
        }
    }

    private Opened open(Repository into, Descriptor blob, Supply supply, boolean anew) throws InterruptedException {
        Fact whole = uploads.takesWhole(into.host());
        long limit = whole == Fact.YES ? options.small() : whole == Fact.UNKNOWN ? NO_RISK : -1;
        if (blob.size() <= limit) {
            supply.awaitAll();
            return uploads.offer(into, blob.digest(), supply.from(0));
        }
        return anew ? uploads.openAnew(into, blob.digest()) : uploads.open(into, blob.digest());
    }

    private void deliver(Upload upload, Descriptor blob, Supply supply) throws InterruptedException {
        try {
            if (blob.size() <= options.small()) {
                // With all of it in memory the host's slot is not held while the source is read.
                supply.awaitAll();
            }
            if (blob.size() < options.resumable()) {
                uploads.put(upload, supply.from(0));
            } else {
                uploads.finish(resumably(upload, blob, supply));
            }
        } catch (OciException e) {
            uploads.cancel(upload);
            throw e;
        }
    }

    private Upload resumably(Upload begun, Descriptor blob, Supply supply) throws InterruptedException {
        Upload upload = begun;
        long offset = 0;
        int failures = 0;
        while (offset < blob.size()) {
            try {
                upload = uploads.patch(upload, offset, supply.from(offset));
                offset = blob.size();
            } catch (RegistryException e) {
                if (!e.temporary() || ++failures >= options.tries()) {
                    throw e;
                }
                pause(failures);
                Optional<Received> kept = uploads.received(upload);
                if (kept.isEmpty() || kept.get().bytes() > blob.size()) {
                    throw e;
                }
                failures = kept.get().bytes() > offset ? 1 : failures;
                upload = kept.get().upload();
                offset = kept.get().bytes();
            }
        }
        return upload;
    }

    /// A host that no longer knows the upload may have finished it before the answer got lost: asking again tells.
    private static boolean worthAnotherTry(RegistryException e) {
        boolean upload = e.request().kind() == Kind.PUT_BLOB || e.request().kind() == Kind.PATCH_UPLOAD;
        return e.temporary() || (upload && (e.status() == 404 || e.status() == 416));
    }

    private static void pause(int tries) throws InterruptedException {
        long longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(tries, 10));
        Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    }
}
