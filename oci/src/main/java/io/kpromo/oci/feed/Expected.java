// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import io.kpromo.oci.Digest;

/// What is read has to be this.
///
/// @param name for messages, with what it is: `blob eu.mirror.example/pause@sha256:9f86…`
/// @param size bytes, 0 or more
/// @param digest of all of them
public record Expected(String name, long size, Digest digest) {
    @Override
    public String toString() {
        return name;
    }
}
