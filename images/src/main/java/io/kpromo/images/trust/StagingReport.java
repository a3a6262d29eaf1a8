// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the check of all contents in staging came to.
public final class StagingReport {
    private final List<StagingVerdict> verdicts;
    private final Map<Staged, StagingVerdict> byContent;

    /// @param verdicts one for each content
    public StagingReport(Collection<StagingVerdict> verdicts) {
        this.verdicts = verdicts.stream()
                .sorted(Comparator.comparing(
                                (StagingVerdict verdict) -> verdict.staged().source())
                        .thenComparing(verdict -> verdict.staged().digest()))
                .toList();
        this.byContent = verdicts.stream().collect(Collectors.toMap(StagingVerdict::staged, Function.identity()));
    }

    /// Nothing was checked.
    public static StagingReport none() {
        return new StagingReport(List.of());
    }

    /// By repository and digest.
    public List<StagingVerdict> verdicts() {
        return verdicts;
    }

    /// Empty where this content was not checked.
    public Optional<StagingVerdict> of(Staged staged) {
        return Optional.ofNullable(byContent.get(staged));
    }

    /// Whether this content must not be promoted.
    public boolean blocks(Staged staged) {
        return of(staged).filter(StagingVerdict::blocks).isPresent();
    }

    /// Whether a rule says no to any of them: exit code 3.
    public boolean refused() {
        return verdicts.stream().anyMatch(StagingVerdict::refused);
    }

    /// Whether any of them could not be looked at: exit code 1.
    public boolean unseen() {
        return verdicts.stream().anyMatch(StagingVerdict::unseen);
    }
}
