// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.registry.http.Answer;

/// A request that is answered with an error. Distribution-spec 1.1, "Error Codes".
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final ErrorCode code;

    RefusedException(int status, ErrorCode code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    Answer answer() {
        return Json.error(status, code.name(), String.valueOf(getMessage()));
    }
}
