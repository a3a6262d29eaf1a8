// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.registry.store.Draft;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// A blob on its way in, over one or many requests.
final class Upload {
    private static final long PATIENCE_SECONDS = 10;

    private final String id;
    private final String repository;
    private final Draft draft;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile long lastUsed;
    private volatile String firstRange = "";

    Upload(String id, String repository, Draft draft, long now) {
        this.id = id;
        this.repository = repository;
        this.draft = draft;
        this.lastUsed = now;
    }

    String id() {
        return id;
    }

    Draft draft() {
        return draft;
    }

    String location() {
        return "/v2/" + repository + "/blobs/uploads/" + id;
    }

    boolean isIn(String otherRepository) {
        return repository.equals(otherRepository);
    }

    /// What was received, as `Range` says it; an upload without a byte is `0-0` too (distribution-spec 1.1).
    String range() {
        return "0-" + Math.max(0, draft.size() - 1);
    }

    /// Waits until no other request writes to it. A request whose sender is gone may take a moment to notice.
    void take(long now) throws InterruptedException {
        if (!turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw ErrorCode.BLOB_UPLOAD_INVALID.because(409, "another request is writing to this upload");
        }
        lastUsed = now;
    }

    void leave(long now) {
        if (firstRange.isEmpty() && draft.size() > 0) {
            firstRange = range();
        }
        lastUsed = now;
        turn.unlock();
    }

    /// As it was after the first bytes came.
    String firstRange() {
        return firstRange.isEmpty() ? "0-0" : firstRange;
    }

    boolean isAbandoned(long before) {
        return lastUsed < before && !turn.isLocked();
    }
}
