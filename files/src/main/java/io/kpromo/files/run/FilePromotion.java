// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FilePlan;
import io.kpromo.files.plan.ObservedFiles;
import io.kpromo.files.store.Stores;
import java.time.Duration;
import java.util.function.Supplier;

/// One promotion of files: look, plan, copy.
///
/// What a run that died left undone is found by looking and done by the next one; nothing is remembered.
public final class FilePromotion {
    private final Stores stores;
    private final FileOptions options;
    private final FileListener listener;

    public FilePromotion(Stores stores, FileOptions options, FileListener listener) {
        this.stores = stores;
        this.options = options;
        this.listener = listener;
    }

    /// Makes stores hold what is desired, or, without confirmation, finds out what that would take. Where one file
    /// can't be looked for, or may not be replaced, nothing is written at all.
    ///
    /// @throws InterruptedException when told to stop; whatever was written is complete, and a rerun does the rest
    public FileOutcome run(DesiredFiles desired) throws InterruptedException {
        return run(desired, Precondition.none());
    }

    /// As [#run(DesiredFiles)], where something has to hold before anything is written.
    public FileOutcome run(DesiredFiles desired, Precondition precondition) throws InterruptedException {
        long began = System.nanoTime();
        ObservedFiles seen = new FileObserver(stores, options, listener).observe(desired);
        FilePlan plan = FilePlan.between(desired, seen, options.overwrite());
        long planned = System.nanoTime();
        FileExecution execution = new FileExecution(stores, options, listener);
        Supplier<FileOutcome> soFar = () -> new FileOutcome(
                plan,
                execution.results(),
                options.confirm(),
                Duration.ofNanos(planned - began),
                Duration.ofNanos(System.nanoTime() - planned));
        listener.planned(soFar);
        if (options.confirm() && !plan.stopped()) {
            precondition.check(plan);
            execution.run(plan);
        }
        return soFar.get();
    }
}
