// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.bucket.Summed;
import io.kpromo.files.store.gcs.GcsUploads.Progress;
import io.kpromo.oci.OciException;
import io.kpromo.oci.feed.LostPlace;
import io.kpromo.oci.http.RegistryException;
import java.util.Optional;

/// Sends a large file in one request, and what is left of it in another when that breaks (Cloud Storage, "Resumable
/// uploads"). The object appears when the last byte is there.
final class GcsLargeWrite {
    private static final int TRIES = 5;
    private static final int UPLOADS = 3;

    /// How long is waited between tries.
    @FunctionalInterface
    interface Pauses {
        void after(int failures) throws InterruptedException;
    }

    /// What the store says of it, and the sum over what was sent.
    record Sent(GcsObject object, int crc32c) {}

    private final GcsClient client;
    private final GcsUploads uploads;
    private final Pauses pauses;

    GcsLargeWrite(GcsClient client, GcsUploads uploads, Pauses pauses) {
        this.client = client;
        this.uploads = uploads;
        this.pauses = pauses;
    }

    Sent write(String key, Incoming file, Optional<StoredFile> replaced) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            String upload = uploads.open(key, file.size(), file.sha256(), replaced);
            try {
                return new Attempt(key, upload, file).run();
            } catch (RegistryException e) {
                // The store may forget an upload; a new one begins at the first byte.
                boolean forgotten = e.status() == 404 || e.status() == 410;
                if (!forgotten) {
                    cancel(key, upload);
                }
                if (!forgotten || tries == UPLOADS) {
                    throw e;
                }
            } catch (OciException e) {
                cancel(key, upload);
                throw e;
            }
        }
    }

    private void cancel(String key, String upload) throws InterruptedException {
        try {
            uploads.cancel(key, upload);
        } catch (OciException e) {
            // Google forgets it by itself in a week; what went wrong before is what the caller wants to hear of.
        }
    }

    private final class Attempt {
        private final String key;
        private final String upload;
        private final Incoming file;
        private final Summed summed = new Summed();
        private long at;
        private int failures;

        Attempt(String key, String upload, Incoming file) {
            this.key = key;
            this.upload = upload;
            this.file = file;
        }

        Sent run() throws InterruptedException {
            while (true) {
                switch (once()) {
                    case Progress.Done done -> {
                        return new Sent(done.object(), summed.crc32c());
                    }
                    case Progress.Kept kept -> goOn(kept.bytes());
                }
            }
        }

        private Progress once() throws InterruptedException {
            long rest = file.size() - at;
            if (rest == 0) {
                return uploads.progress(key, upload, file.size());
            }
            try {
                return uploads.send(key, upload, at, file.size(), summed.counting(at, file.part(at, rest)));
            } catch (LostPlace e) {
                if (e.wrong()) {
                    throw e;
                }
                // The others went on without us. What was sent is good, and the rest is read for us alone.
                return uploads.progress(key, upload, file.size());
            } catch (RegistryException e) {
                if (!e.temporary() || ++failures >= TRIES) {
                    throw e;
                }
                pauses.after(failures);
                return uploads.progress(key, upload, file.size());
            }
        }

        private void goOn(long kept) throws InterruptedException {
            if (kept > summed.reached() || kept < at) {
                throw new StoreException("write " + client.url(key) + ": the store keeps " + kept
                        + " bytes, but was sent those from " + at + " to " + summed.reached());
            }
            if (kept > at) {
                failures = 0;
            } else if (++failures >= TRIES) {
                throw new StoreException(
                        "write " + client.url(key) + ": the store takes no more than " + kept + " bytes");
            }
            at = kept;
        }
    }
}
