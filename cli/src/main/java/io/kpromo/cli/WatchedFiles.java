// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.FileTally;
import io.kpromo.cli.terminal.Progress;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.run.FileOptions;
import io.kpromo.files.run.FileOutcome;
import io.kpromo.files.run.FilePromotion;
import io.kpromo.files.run.Precondition;
import io.kpromo.files.store.Stores;

/// Promotes files while somebody watches. Apart from commands, for with it rooms are opened.
record WatchedFiles(Root root, FileOptions options) {
    /// @throws InterruptedException with a line that says what is done
    FileOutcome promote(Stores stores, FileTally tally, DesiredFiles desired, Precondition precondition)
            throws InterruptedException {
        FileOptions fitting = options.within(Runtime.getRuntime().maxMemory());
        if (fitting.threads() < options.threads()) {
            root.log()
                    .warn("no more than " + fitting.threads() + " files are copied at the same time, not "
                            + options.threads() + ": that is what the memory is enough for; give more with"
                            + " KPROMO_JAVA_OPTS=-Xmx2g");
        }
        try (Progress _ = Progress.of(tally.tally(), root.display())) {
            return new FilePromotion(stores, fitting, tally).run(desired, precondition);
        } catch (InterruptedException stopped) {
            throw PromotionTold.interrupted(stopped, tally.tally());
        }
    }
}
