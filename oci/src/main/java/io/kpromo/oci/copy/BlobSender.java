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
import io.kpromo.oci.feed.LostPlace;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.RegistryException;
import java.util.Optional;

/// Brings one blob into one repository: whole with the first request where the host takes that, else by an upload;
/// again from where it broke, else from the start.
final class BlobSender {
    /// A blob up to this size is offered whole to a host that may not take it: little is lost.
    private static final long NO_RISK = 64 << 10;

    private final Uploads uploads;
    private final CopyOptions options;
    private final Pauses pauses;

    BlobSender(Uploads uploads, CopyOptions options, Pauses pauses) {
        this.uploads = uploads;
        this.options = options;
        this.pauses = pauses;
    }

    /// @param anew whether the host's word that it holds the blob already is not to be believed
    /// @return whether bytes had to be sent
    /// @throws OciException when the host refuses, the tries run out, or the source fails
    boolean send(Repository into, Descriptor blob, Content supply, boolean anew) throws InterruptedException {
        for (int tries = 1; ; ) {
            try {
                Opened opened = open(into, blob, supply, anew);
                if (opened instanceof Opened.Open(Upload upload)) {
                    deliver(upload, blob, supply);
                    return true;
                }
                return false;
            } catch (LostPlace e) {
                // Being left behind happens once at most; a source that is wrong may stay so.
                if (e.wrong() && tries++ >= options.tries()) {
                    throw e;
                }
            } catch (RegistryException e) {
                if (!mayPass(e) || tries >= options.tries()) {
                    throw e;
                }
                pauses.after(tries++);
            }
        }
    }

    /// Sends what an upload that is open already waits for; when that fails, begins again.
    void deliver(Repository into, Descriptor blob, Upload upload, Content supply) throws InterruptedException {
        try {
            deliver(upload, blob, supply);
        } catch (LostPlace e) {
            send(into, blob, supply, true);
        } catch (RegistryException e) {
            if (!mayPass(e)) {
                throw e;
            }
            pauses.after(1);
            send(into, blob, supply, true);
        }
    }

    /// An upload that the host has forgotten (it may have finished it before the answer got lost), or whose parts
    /// don't fit together, is worth a new one.
    private static boolean mayPass(RegistryException e) {
        Kind kind = e.request().kind();
        boolean sending = kind == Kind.PUT_BLOB || kind == Kind.PATCH_UPLOAD;
        return e.temporary()
                || (sending
                        && (e.status() == 404
                                || e.status() == 416
                                || e.code().equals(Optional.of("DIGEST_INVALID"))
                                || e.code().equals(Optional.of("BLOB_UPLOAD_UNKNOWN"))));
    }

    private Opened open(Repository into, Descriptor blob, Content supply, boolean anew) throws InterruptedException {
        Fact whole = uploads.takesWhole(into.host());
        long limit = whole == Fact.YES ? options.small() : whole == Fact.UNKNOWN ? NO_RISK : -1;
        if (blob.size() <= limit && options.holds(blob.size())) {
            supply.awaitAll();
            return uploads.offer(into, blob.digest(), supply.from(0));
        }
        return anew ? uploads.openAnew(into, blob.digest()) : uploads.open(into, blob.digest());
    }

    private void deliver(Upload upload, Descriptor blob, Content supply) throws InterruptedException {
        Progress progress = new Progress(upload);
        try {
            if (options.holds(blob.size())) {
                // With all of it in memory the host's slot is not held while the source is read.
                supply.awaitAll();
            }
            if (blob.size() < options.resumable()) {
                uploads.put(upload, supply.from(0));
            } else {
                resumably(progress, blob, supply);
                uploads.finish(progress.upload);
            }
        } catch (OciException e) {
            // Not when interrupted: stopping at once matters more than one more request, and registries drop uploads
            // that nobody goes on with.
            uploads.cancel(progress.upload);
            throw e;
        }
    }

    /// How far an upload came.
    private static final class Progress {
        private Upload upload;
        private long bytes;
        private int failures;

        Progress(Upload upload) {
            this.upload = upload;
        }
    }

    private void resumably(Progress progress, Descriptor blob, Content supply) throws InterruptedException {
        while (progress.bytes < blob.size()) {
            try {
                progress.upload = uploads.patch(progress.upload, progress.bytes, supply.from(progress.bytes));
                return;
            } catch (LostPlace e) {
                if (e.wrong()) {
                    throw e;
                }
                goOn(progress, blob, e);
            } catch (RegistryException e) {
                if (!e.temporary() || ++progress.failures >= options.tries()) {
                    throw e;
                }
                pauses.after(progress.failures);
                goOn(progress, blob, e);
            }
        }
    }

    /// Goes on from where the host says that it stands; where it doesn't say, the upload is void.
    private void goOn(Progress progress, Descriptor blob, OciException why) throws InterruptedException {
        Optional<Received> kept = uploads.received(progress.upload);
        if (kept.isEmpty() || kept.get().bytes() > blob.size()) {
            throw why;
        }
        if (kept.get().bytes() > progress.bytes) {
            progress.failures = Math.min(progress.failures, 1);
        }
        progress.upload = kept.get().upload();
        progress.bytes = kept.get().bytes();
    }
}
