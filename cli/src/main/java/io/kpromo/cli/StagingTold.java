// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Log;
import io.kpromo.cli.terminal.Text;
import io.kpromo.images.trust.StagingReport;
import io.kpromo.images.trust.StagingVerdict;
import java.util.List;

/// What staging images have proven, told.
record StagingTold(StagingReport report) {
    /// Lines that are shown; a report has them all.
    private static final int SHOWN = 20;

    /// What is refused, what a policy warns of and, in a dry run, what passes. Images without a policy that bring
    /// nothing are counted in one line.
    void lines(Log log, boolean dryRun) {
        List<StagingVerdict> blocked =
                report.verdicts().stream().filter(StagingVerdict::blocks).toList();
        blocked.stream().limit(SHOWN).forEach(verdict -> log.error(Text.oneLine(verdict.toString())));
        if (blocked.size() > SHOWN) {
            log.error("and " + Text.count(blocked.size() - SHOWN) + " more images are not promoted");
        }
        List<StagingVerdict> others = report.verdicts().stream()
                .filter(verdict -> !verdict.blocks() && verdict.policy().isPresent())
                .toList();
        others.stream().limit(SHOWN).forEach(verdict -> passed(log, verdict, dryRun));
        long more = others.stream()
                .skip(SHOWN)
                .filter(verdict -> !verdict.reasons().isEmpty())
                .count();
        if (more > 0) {
            log.warn("and " + Text.count(more) + " more images that a policy warns of");
        }
        long bare = report.verdicts().stream()
                .filter(verdict -> !verdict.blocks() && verdict.policy().isEmpty())
                .filter(verdict -> !verdict.reasons().isEmpty())
                .peek(verdict -> log.debug(Text.oneLine(verdict.toString())))
                .count();
        if (bare > 0) {
            log.warn(Text.count(bare, "image") + " of staging without a signature or provenance that counts; no policy"
                    + " asks for one");
        }
    }

    private static void passed(Log log, StagingVerdict verdict, boolean dryRun) {
        String line = Text.oneLine(verdict.toString());
        if (!verdict.reasons().isEmpty()) {
            log.warn(line);
        } else if (dryRun) {
            log.info(line);
        } else {
            log.debug(line);
        }
    }
}
