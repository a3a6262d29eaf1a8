// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.report.ReportModel.Result;

/// How a run ended, as scripts see it.
enum ExitCode {
    /// Done, or there was nothing to do.
    DONE(0),
    /// The work failed, or a part of it did.
    FAILED(1),
    /// The command line is wrong, or asks for what this version cannot.
    USAGE(2),
    /// A rule said no: a tag would move, an image is too large.
    REFUSED(3),
    /// Ctrl-C.
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /// Of a run that promoted.
    static ExitCode of(Result result) {
        return switch (result) {
            case REFUSED, BLOCKED -> ExitCode.REFUSED;
            case INTERRUPTED -> ExitCode.INTERRUPTED;
            case FAILED -> ExitCode.FAILED;
            case DONE, NOTHING_TO_DO, DRY_RUN -> ExitCode.DONE;
        };
    }

    int number() {
        return number;
    }
}
