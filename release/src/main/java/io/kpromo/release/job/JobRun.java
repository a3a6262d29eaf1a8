// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.job;

import java.net.URI;

/// A run of the job that promotes.
///
/// @param id by which runs of one job differ
/// @param name for people
/// @param log where it can be seen
public record JobRun(String id, String name, State state, URI log) {
    public enum State {
        RUNNING,
        SUCCEEDED,
        FAILED
    }
}
