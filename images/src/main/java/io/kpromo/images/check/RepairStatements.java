// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.check;

import io.kpromo.images.proof.Statements;
import io.kpromo.images.proof.WantedProof;
import io.kpromo.oci.Tag;
import io.kpromo.trust.statement.PromotionJob;
import io.kpromo.trust.statement.PromotionRecord;
import io.kpromo.trust.statement.Statement;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Promotion records by somebody who repairs: without source and manifest, for nobody told them.
public final class RepairStatements implements Statements {
    private final PromotionRecord.Promoter promoter;
    private final String builder;
    private final Map<String, String> environment;
    private final InstantSource clock;

    /// @param builder what promoters call themselves, without the version that follows an `@`
    /// @param environment where a job is described, as prow does
    public RepairStatements(
            PromotionRecord.Promoter promoter, String builder, Map<String, String> environment, InstantSource clock) {
        this.promoter = promoter;
        this.builder = builder;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public Statement record(WantedProof wanted) {
        return new PromotionRecord(
                        wanted.name(),
                        wanted.digest(),
                        clock.instant(),
                        builder + "@" + promoter.version(),
                        wanted.content().tags().stream().map(Tag::text).toList(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(promoter),
                        PromotionJob.of(environment))
                .statement();
    }

    /// Summaries tell of a verification in staging, which nobody can make up for.
    @Override
    public Statement summary(WantedProof wanted) {
        throw new IllegalArgumentException("a repair writes no verification summaries");
    }
}
