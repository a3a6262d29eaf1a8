// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.run.FileListener;
import io.kpromo.files.run.FileOutcome;
import io.kpromo.oci.OciException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Counts what a promotion of files does, for displays that know what images do.
public class FileTally implements FileListener {
    private final AtomicReference<Optional<Supplier<FileOutcome>>> soFar = new AtomicReference<>(Optional.empty());
    private final Tally tally;

    /// @param clock nanoseconds, for differences
    /// @param requests sent until now
    public FileTally(LongSupplier clock, LongSupplier requests) {
        this.tally = new Tally(clock, requests, Tally.Matter.FILES);
    }

    public Tally tally() {
        return tally;
    }

    /// What the promotion has come to; empty as long as nothing is decided.
    public Optional<FileOutcome> soFar() {
        return soFar.get().map(Supplier::get);
    }

    @Override
    public void planned(Supplier<FileOutcome> outcome) {
        soFar.set(Optional.of(outcome));
    }

    @Override
    public void begin(Phase phase, long total) {
        tally.begin(
                switch (phase) {
                    case OBSERVE -> Tally.Stage.LOOK;
                    case EXECUTE -> Tally.Stage.PROMOTE;
                },
                total);
    }

    @Override
    public void more(Phase phase, long count) {
        tally.more(count);
    }

    @Override
    public void advance(Phase phase, long count) {
        tally.advance(count);
    }

    @Override
    public void started(FileEdge edge) {
        tally.started(edge, "copy " + edge.to());
    }

    @Override
    public void finished(FileEdge edge, Optional<OciException> failure) {
        tally.ended(edge, failure.isPresent());
    }

    @Override
    public void read(long bytes) {
        tally.moved(bytes, 0, 0);
    }

    @Override
    public void sent(long bytes) {
        tally.moved(0, bytes, 0);
    }

    @Override
    public void copiedThere(long bytes) {
        tally.moved(0, 0, bytes);
    }
}
