// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

/// Shows nothing.
public record Quiet() implements Display {
    @Override
    public long period() {
        return 1000;
    }

    @Override
    public void show(Tally.Now now) {}
}
