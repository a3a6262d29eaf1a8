// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import org.eclipse.jgit.lib.EmptyProgressMonitor;

/// Stops a transfer when its thread is interrupted.
final class UntilInterrupted extends EmptyProgressMonitor {
    @Override
    public boolean isCancelled() {
        return Thread.currentThread().isInterrupted();
    }
}
