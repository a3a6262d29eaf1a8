// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.oci.http.Response;
import java.io.IOException;

/// Reads what was asked for.
@FunctionalInterface
public interface Reader<T> {
    /// @throws IOException when it breaks off, or is not what it should be; then it is asked for again
    T read(Response response) throws IOException, InterruptedException;
}
