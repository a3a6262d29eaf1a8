// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.announce;

/// Sends one message to one place. Nothing can be looked up there afterwards, so whoever sends writes it down.
@FunctionalInterface
public interface Messenger {
    /// @param title one line
    /// @throws UnsentException when it certainly did not go out
    /// @throws io.kpromo.oci.OciException when it may have gone out
    void send(String title, String text) throws InterruptedException;
}
