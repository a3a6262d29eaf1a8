// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

/// Progress for the logs of a build server: a line every ten seconds, or every tenth of the work, whichever is
/// rarer than one in two seconds. As JSON where the log is.
public final class Lines implements Display {
    private static final long LONGEST = 10_000_000_000L;
    private static final long SHORTEST = 2_000_000_000L;

    private final Log log;
    private Tally.Stage stage = Tally.Stage.LOOK;
    private long shownAt;
    private long shownTenths;

    public Lines(Log log) {
        this.log = log;
    }

    @Override
    public long period() {
        return 250;
    }

    @Override
    public void show(Tally.Now now) {
        if (now.stage() != stage) {
            stage = now.stage();
            shownAt = 0;
            shownTenths = 0;
        }
        long tenths = now.total() == 0 ? 0 : now.done() * 10 / now.total();
        long since = now.elapsed() - shownAt;
        if (since >= LONGEST || (since >= SHORTEST && tenths > shownTenths)) {
            shownAt = now.elapsed();
            shownTenths = tenths;
            log.info(Numbers.sentence(now));
        }
    }
}
