// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

/// The one way to a registry. Every request passes here: it waits for its host's slot and rate, is signed in, sent,
/// tried again where that may help, counted and traced.
public interface Transport extends AutoCloseable {
    /// Sends until it is answered, or until trying again is of no use.
    ///
    /// @throws RegistryException when the registry refuses, or the tries or the time run out; it names
    ///     what, where and why
    /// @throws InterruptedException when the caller is interrupted, at once; nothing is left open
    <T> T send(Call<T> call) throws InterruptedException;

    /// Ends idle connections. Requests under way are the caller's to interrupt.
    @Override
    void close();
}
