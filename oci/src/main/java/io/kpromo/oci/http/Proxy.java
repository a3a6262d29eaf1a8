// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.util.Optional;

/// A proxy that requests pass through.
///
/// @param origin where it listens
/// @param authorization what it is shown, made of the name and password in its address; never printed
record Proxy(Origin origin, Optional<String> authorization) {
    @Override
    public String toString() {
        return origin.toString();
    }
}
