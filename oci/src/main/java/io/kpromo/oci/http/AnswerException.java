// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// An answer that its call does not expect.
final class AnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Optional<Duration> retryAfter;

    AnswerException(int status, String code, String said, Optional<Duration> retryAfter) {
        super(said);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /// The same, with a remark of ours behind what the other side said.
    AnswerException remarking(String remark) {
        String said = said();
        AnswerException more =
                new AnswerException(status, code, said.isEmpty() ? remark : said + "; " + remark, retryAfter);
        more.setStackTrace(getStackTrace());
        return more;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String said() {
        return String.valueOf(getMessage());
    }

    /// How long the other side wants not to be asked again.
    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /// Whether asking again may help.
    boolean isTransient() {
        return switch (status) {
            case 408, 429, 500, 502, 503, 504 -> true;
            // S3 says so where a body came too slowly.
            case 400 -> code.equals("RequestTimeout");
            default -> false;
        };
    }
}
