// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.registry.http.Answer;

/// A piece of a blob that does not begin where the last one ended. Distribution-spec 1.1: 416, and where to go on.
final class OutOfPlaceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Upload upload;

    OutOfPlaceException(Upload upload) {
        super("out of place", null, false, false);
        this.upload = upload;
    }

    Answer answer() {
        Answer where = Uploads.progress(416, upload);
        return where.with(ErrorCode.RANGE_INVALID
                        .because("the upload goes on at byte " + upload.draft().size())
                        .answer()
                        .content())
                .with("Content-Type", "application/json");
    }
}
